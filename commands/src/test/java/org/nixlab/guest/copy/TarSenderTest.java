package org.nixlab.guest.copy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.guest.bulk.SlotPath;
import org.nixlab.guest.tar.TarReader;
import org.nixlab.process.Lease;
import org.nixlab.process.LeaseHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the host sends, and what it does not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class TarSenderTest {
    @TempDir
    Path directory;

    private final CopyNotes notes = new CopyNotes();

    /** To close it, through whatever descriptor, would let it go. */
    @Test
    void aLeaseOfThisProcessOutlivesACopyOfItsFile() throws IOException {
        var file = directory.resolve("lock");
        Files.writeString(directory.resolve("text"), "text");
        try (var held = Lease.tryTake(file).orElseThrow()) {
            assertThat(sent(directory)).containsExactlyInAnyOrder("x", "x/text", "x.sums");

            assertThat(held.isInPlace()).isTrue();
            assertThat(notes.lines()).containsExactly("left out, because nixlab has locked them: " + file);
            assertThatThrownBy(() -> sent(file)).hasMessage(file + " is not for copies");
            try (var other = LeaseHolder.of(file)) {
                assertThat(other.holds()).isFalse();
            }
        }
        assertThat(sent(directory)).contains("x/lock");
    }

    @Test
    void anInterruptEndsItAndIsNoFaultOfAFile() throws IOException {
        Files.writeString(directory.resolve("text"), "text");

        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> sent(directory)).isInstanceOf(ClosedByInterruptException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(notes.unread()).isEmpty();
    }

    @Test
    void whatOfTheKernelsHasNoEndIsKnownByItsName() {
        for (var file : List.of("/proc/kmsg", "/proc/kpagecount", "/sys/kernel/tracing/per_cpu/cpu0/trace_pipe_raw")) {
            assertThat(KernelFiles.isEndless(Path.of(file))).as(file).isTrue();
        }
        assertThat(KernelFiles.isEndless(Path.of("/proc/version"))).isFalse();
        assertThatThrownBy(() -> sent(Path.of("/proc/kmsg"))).hasMessage("/proc/kmsg is not for copies");
    }

    private List<String> sent(Path source) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new TarSender("x", new SlotPath(), notes, done -> {}).send(source, bytes);
        var tar = new TarReader(new ByteArrayInputStream(bytes.toByteArray()));
        var names = new ArrayList<String>();
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            names.add(entry.get().name().replaceFirst("/$", ""));
        }
        return names;
    }
}
