package org.nixlab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
final class RunningProgramsTest {
    private final String word = UUID.randomUUID().toString();

    @TempDir
    Path directory;

    @Test
    void aProgramIsFoundByWordsThatFollowEachOther() {
        // It starts none itself: a child has the words of its parent until it becomes another program.
        var program = start("perl", "-e", "$| = 1; print qq(there\\n); sleep", word, "b");
        try {
            Await.host().until(new Condition("the program", () -> new Observation(isThere(), "starting"), ""), soon());

            assertThat(RunningPrograms.startedWith(word, "b")).containsExactly(program);
            assertThat(RunningPrograms.startedWith("b", word)).isEmpty();
        } finally {
            program.kill();
        }
    }

    /** The same paths lead to other files there. */
    @Test
    void aProgramInAContainerIsNobodysHere() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "takes root");
        var program = start("unshare", "--mount", "sh", "-c", "echo there; sleep 600; :", word);
        try {
            Await.host().until(new Condition("the program", () -> new Observation(isThere(), "starting"), ""), soon());

            assertThat(RunningPrograms.startedWith(word)).isEmpty();
        } finally {
            program.kill();
        }
    }

    private Daemon start(String... words) {
        return Daemon.start(HostCommand.of(words[0]).with(Arrays.copyOfRange(words, 1, words.length)), log(), log());
    }

    private boolean isThere() {
        try {
            return Files.readString(log()).startsWith("there");
        } catch (IOException e) {
            return false;
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
