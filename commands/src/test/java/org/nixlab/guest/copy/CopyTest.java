package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.FakeGuest;
import org.nixlab.guest.GuestShell;
import org.nixlab.guest.channel.PosixChecksum;
import org.nixlab.guest.tar.TarReader;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract, held where there are slots only, as for a machine built by others; and what can be provoked only here. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CopyTest extends CopyContract {
    @TempDir
    Path directory;

    private FakeGuest guest;
    private GuestShell shell;

    @Override
    protected GuestShell shell() {
        if (shell == null) {
            try {
                guest = new FakeGuest(directory, 1, 3);
                shell = new GuestShell(guest);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return shell;
    }

    @AfterEach
    void stopGuest() {
        shell.close();
        guest.close();
    }

    @Test
    void theDeathOfTheMachineLeavesNothingHalfOnTheHost() throws IOException {
        var source = Files.write(directory.resolve("big"), new byte[50_000_000]);
        var target = Files.createDirectory(directory.resolve("target"));
        var copy = new GuestCopy(shell, "fake");

        assertThatThrownBy(() -> copy.out(
                        source.toString(), target, (done, total) -> guest.kill(), Deadline.in(Duration.ofSeconds(50))))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("went away");

        assertThat(target).isEmptyDirectory();
    }

    /** Its children were not asked for. */
    @Test
    void aFileThatIsADirectoryBySecondRoundBringsNothingElse() throws IOException {
        Files.createDirectories(directory.resolve("source/f/child"));
        var plan = CopyPlan.of(directory.resolve("source").toString());
        var names = new ArrayList<String>();

        new MachineSender(shell, "fake", plan, Deadline.in(Duration.ofSeconds(50)))
                .sendAgain(List.of(plan.stage() + "/f"), (archive, checksum) -> {
                    var tar = new TarReader(archive);
                    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                        names.add(plan.inside(entry.get().name()));
                    }
                    return Map.of();
                });

        assertThat(names).containsExactly(plan.stage() + "/f");
    }

    @Test
    void theChecksumIsThatOfCksum() {
        var sum = new PosixChecksum();
        var data = "The quick brown fox\n".repeat(100_000).getBytes();
        sum.update(data, data.length);

        var command = "for i in {1..100000}; do echo 'The quick brown fox'; done | cksum";
        assertThat(shell.run(ExecRequest.of(command), Deadline.in(Duration.ofSeconds(50)))
                        .getOut())
                .isEqualTo(sum.line() + "\n");
    }
}
