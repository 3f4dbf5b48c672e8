package org.nixlab.qmp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class EventLogTest {
    private static final String GREETING =
            "{\"QMP\": {\"version\": {}, \"capabilities\": [\"oob\"]}}\n{\"return\": {}}\n";

    @TempDir
    Path directory;

    private Path file;
    private EventLog log;

    @BeforeEach
    void begin() throws IOException {
        file = directory.resolve("events.log");
        log = new EventLog(file);
        Files.writeString(file, GREETING);
    }

    @Test
    void whatCameSinceIsReadOnly() throws IOException {
        append(event(1, "RESET", "\"guest\": true"));
        assertThat(log.resets()).isEqualTo(1);
        long before = log.bytesRead();

        append(event(2, "RESET", "\"guest\": true"));
        assertThat(log.resets()).isEqualTo(2);
        assertThat(log.resets()).isEqualTo(2);

        assertThat(log.bytesRead() - before)
                .isEqualTo(event(2, "RESET", "\"guest\": true").length());
    }

    /** Each command of a process of its own leaves two events. */
    @Test
    void tenThousandCommandsMakeTheNextNoDearer() throws IOException {
        append(event(1, "RESET", "\"guest\": true"));
        long most = 0;
        for (int command = 0; command < 10_000; command++) {
            append(port(command, false) + port(command, true));
            if (command % 10 == 0) {
                var process = new EventLog(file);
                assertThat(process.resets()).isEqualTo(1);
                most = Math.max(most, process.bytesRead());
            }
        }

        var last = new EventLog(file);
        assertThat(last.lastChange("port-nixlab.0")).contains(change(9_999, true));
        assertThat(Files.size(file)).isGreaterThan(2_000_000);
        assertThat(most).isLessThan(32 * 1024);
    }

    @Test
    void theLogOfAnotherQemuIsReadFromItsStart() throws IOException {
        for (int i = 0; i < 200; i++) {
            append(port(i, true));
        }
        append(event(300, "RESET", "\"guest\": true"));
        assertThat(log.resets()).isEqualTo(1);

        Files.writeString(file, GREETING + event(1000, "STOP", ""));
        for (int i = 0; i < 300; i++) {
            append(port(2000 + i, false));
        }

        assertThat(new EventLog(file).resets()).isZero();
        Files.writeString(file, GREETING);
        assertThat(log.resets()).isZero();
    }

    @Test
    void aLineIsTakenWhenItIsWhole() throws IOException {
        var line = port(7, true);
        append(line.substring(0, 30));
        assertThat(log.lastChange("port-nixlab.0")).isEmpty();

        append(line.substring(30));

        assertThat(log.lastChange("port-nixlab.0")).contains(change(7, true));
    }

    @Test
    void damagedLinesAreLeftOut() throws IOException {
        append("{\"event\": \"RES" + "\n" + "\u0000\"event\"\n" + event(1, "RESET", ""));

        assertThat(log.resets()).isEqualTo(1);
    }

    @Test
    void theEventsLeftSayHowTheMachineIs() throws IOException {
        append(event(1, "STOP", "")
                + event(2, "RESUME", "")
                + event(3, "BLOCK_IO_ERROR", "\"nospace\": true")
                + event(4, "STOP", "")
                + event(5, "BLOCK_IO_ERROR", "\"nospace\": true"));
        assertThat(log.events()).containsExactly(new QmpEvent.BlockError(true), new QmpEvent.Stop());

        append(event(6, "RESUME", "") + event(7, "SHUTDOWN", "\"guest\": true, \"reason\": \"guest-shutdown\""));

        assertThat(log.events()).containsExactly(new QmpEvent.Shutdown(true, "guest-shutdown"));
    }

    /** It stood still later for another reason, and nobody was told. */
    @Test
    void aPanicIsOfTheBootItCameIn() throws IOException {
        var panic = event(1, "GUEST_PANICKED", "\"action\": \"pause\"");
        append(panic);
        assertThat(log.events()).containsExactly(new QmpEvent.GuestPanicked("pause"));

        append(event(2, "RESET", "\"guest\": false") + event(3, "STOP", ""));
        assertThat(log.events()).containsExactly(new QmpEvent.Stop());

        append(panic + event(4, "RESUME", ""));
        assertThat(log.events()).isEmpty();
    }

    @Test
    void aDigestThatCannotBeKeptLeavesNothing() throws IOException {
        var place = Files.createDirectories(directory.resolve("kept/here/in-the-way"))
                .getParent();

        new EventDigestFile(place).save(EventDigest.EMPTY, "");

        assertThat(place.getParent()).isDirectoryContaining("glob:**/here");
        try (var files = Files.list(place.getParent())) {
            assertThat(files).containsExactly(place);
        }
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static QmpEvent.GuestPort change(int second, boolean open) {
        return new QmpEvent.GuestPort("port-nixlab.0", open, Instant.ofEpochSecond(1_700_000_000L + second, 5000));
    }

    private static String port(int second, boolean open) {
        return event(second, "VSERPORT_CHANGE", "\"open\": " + open + ", \"id\": \"port-nixlab.0\"");
    }

    private static String event(int second, String name, String data) {
        return "{\"timestamp\": {\"seconds\": " + (1_700_000_000L + second) + ", \"microseconds\": 5}, \"event\": \""
                + name + "\", \"data\": {" + data + "}}\n";
    }
}
