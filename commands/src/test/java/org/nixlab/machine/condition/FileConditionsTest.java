package org.nixlab.machine.condition;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.command.FakeVm.Answer;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The looks are those of a guest, run by this host's bash. */
class FileConditionsTest {
    @TempDir
    Path directory;

    private Guest guest;

    @BeforeEach
    void makeGuest() throws IOException {
        guest = new Guest(directory);
        guest.vm.guest = this::run;
        Files.createDirectories(directory.resolve("a b"));
        Files.writeString(directory.resolve("a b/it's"), "");
        Files.writeString(directory.resolve("[x]"), "");
    }

    @Test
    void aPathStandsForItself() {
        assertThat(exists("a b/it's")).isTrue();
        assertThat(exists("a b")).isTrue();
        assertThat(exists("a")).isFalse();
        assertThat(exists("$(pwd)")).isFalse();
    }

    @Test
    void aPatternStandsForFilesUnlessOneIsCalledSo() throws IOException {
        assertThat(exists("a */it'?")).isTrue();
        assertThat(exists("a b/[h-j]t's")).isTrue();
        assertThat(exists("c*")).isFalse();
        assertThat(exists("[x]")).isTrue();
        Files.delete(directory.resolve("[x]"));
        assertThat(exists("[x]")).isFalse();
    }

    @Test
    void aTildeIsSomebodysHome() {
        assertThat(guest.look(look -> new FileConditions(look).exists("~")).met())
                .isTrue();
        assertThat(guest.look(look -> new FileConditions(look).exists("~root/.."))
                        .met())
                .isTrue();
        assertThat(guest.look(look -> new FileConditions(look).exists("~root/no such"))
                        .met())
                .isFalse();
    }

    @Test
    void aWaitThatIsOverNamesTheNearestDirectory() {
        assertThatThrownBy(() -> wait("a b/c/d"))
                .isInstanceOf(DeadlineException.class)
                .hasMessage("timed out waiting for the file " + directory + "/a b/c/d on m: it is not there\n"
                        + "  the nearest directory is " + directory + "/a b, with 1 entries: it's");
        assertThatThrownBy(() -> wait("a b/it's/d"))
                .hasMessageEndingWith("\n  " + directory + "/a b/it's is there, and no directory");
    }

    @Test
    void socketsAreFoundInTheTable() {
        assertThat(guest.look(look -> new UnixSocketConditions(look).open(directory + "/[x]", false))
                        .detail())
                .isEqualTo("it is not there");
        assertThatThrownBy(() -> guest.wait(look -> new UnixSocketConditions(look).open(directory + "/no/x", true)))
                .hasMessageStartingWith("timed out waiting for the socket " + directory
                        + "/no/x on m: it is not there\n" + "  the nearest directory is " + directory + ", with ");
    }

    private boolean exists(String name) {
        return guest.look(look -> new FileConditions(look).exists(directory + "/" + name))
                .met();
    }

    private String wait(String name) {
        return guest.wait(look -> new FileConditions(look).exists(directory + "/" + name));
    }

    private Optional<Answer> run(String command) {
        var ran = HostProcess.run(HostCommand.of("bash", "-c", command), Deadline.in(Duration.ofMinutes(1)));
        return Optional.of(new Answer(ran.exitCode(), ran.out(), ran.err()));
    }
}
