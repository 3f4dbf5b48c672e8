package org.nixlab.guest.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class HostStageTest {
    @TempDir
    Path directory;

    @Test
    void isGoneWhenItIsClosed() throws IOException {
        try (var stage = HostStage.beside(directory)) {
            Files.createDirectory(stage.tree().resolve("d"));
            Files.setAttribute(stage.tree().resolve("d"), "unix:mode", 0500);
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatNobodyMayReadIsGoneToo() throws IOException {
        OrdinaryUser.assume(directory);
        try (var stage = HostStage.beside(directory)) {
            Files.createDirectories(stage.tree().resolve("d/e"));
            Files.setAttribute(stage.tree().resolve("d/e"), "unix:mode", 0300);
            Files.setAttribute(stage.tree().resolve("d"), "unix:mode", 0);
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatADeadProcessLeftIsDeletedByTheNext() throws Exception {
        var left = stageOfAnotherProcess("kill 9, $$");

        HostStage.beside(directory.resolve("target")).close();

        assertThat(left).doesNotExist();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatALivingProcessHasStays() throws Exception {
        var process = new Process[1];
        var stage = stageOfAnotherProcess("$| = 1; print qq(locked\\n); <STDIN>", process);
        try {
            HostStage.beside(directory).close();
            assertThat(stage.resolve("tree/file")).exists();
            // Its own, of another copy at the same time.
            try (var own = HostStage.beside(directory)) {
                HostStage.beside(directory).close();
                assertThat(own.tree()).exists();
            }
        } finally {
            process[0].destroyForcibly().waitFor();
        }
        HostStage.beside(directory).close();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsNoStageStays() throws IOException {
        var kept = Files.createDirectory(directory.resolve(".nixlab-copy-mine"));
        var link = Files.createSymbolicLink(directory.resolve(".nixlab-copy-link"), kept);

        HostStage.beside(directory).close();

        assertThat(kept).exists();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void whatOthersHaveStays() throws Exception {
        var others = stageOfAnotherProcess("kill 9, $$");
        assumeTrue(canGiveAway(others), "only root can give it away");

        HostStage.beside(directory).close();

        assertThat(others).exists();
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatThrownBy(() -> HostStage.beside(directory.resolve("no/file")))
                .isInstanceOf(LabException.class)
                .hasMessage("there is no directory " + directory.resolve("no"));
    }

    private static boolean canGiveAway(Path path) {
        try {
            Files.setAttribute(path, "unix:uid", 1);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Path stageOfAnotherProcess(String then) throws Exception {
        var process = new Process[1];
        var stage = stageOfAnotherProcess(then, process);
        process[0].waitFor();
        return stage;
    }

    /** Makes a stage whose lock is held by a process that does something then. */
    private Path stageOfAnotherProcess(String then, Process[] process) throws Exception {
        var stage = Files.createDirectory(directory.resolve(".nixlab-copy-1-2"));
        Files.createDirectory(stage.resolve("tree"));
        Files.writeString(stage.resolve("tree/file"), "half");
        Files.createFile(stage.resolve("lock"));
        process[0] = new ProcessBuilder(
                        "perl",
                        "-MFcntl",
                        "-e",
                        "open F, '+<', $ARGV[0] or die; my $lock = pack('s s x4 q q l x4', F_WRLCK, 0, 0, 0, 0);"
                                + " fcntl(F, F_SETLK, $lock) or die; " + then,
                        stage.resolve("lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (then.contains("locked")) {
            assertThat(process[0].inputReader().readLine()).isEqualTo("locked");
        }
        return stage;
    }
}
