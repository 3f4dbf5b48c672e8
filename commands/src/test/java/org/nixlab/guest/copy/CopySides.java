package org.nixlab.guest.copy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.guest.GuestShell;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.talk.CopyProgress;
import org.nixlab.talk.ExecRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Both sides of a copy, each with a directory. */
public abstract class CopySides {
    @TempDir
    Path host;

    GuestCopy copy;
    String machine;

    protected abstract GuestShell shell();

    @BeforeEach
    void makeDirectory() {
        copy = new GuestCopy(shell(), "m");
        machine = succeed("mktemp -d").strip();
    }

    static final class Notes implements CopyProgress {
        final List<String> lines = new ArrayList<>();

        @Override
        public void copied(long done, long total) {}

        @Override
        public void note(String line) {
            lines.add(line);
        }
    }

    /** Runs bash in the machine's directory of the test. */
    String there(String script) {
        return succeed("cd " + machine + " || exit; " + script);
    }

    /** Runs bash in the host's directory of the test. */
    String here(String script) {
        var result = HostProcess.run(HostCommand.of("bash", "-c", script).in(host), soon());
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result.out();
    }

    String succeed(String command) {
        var result = shell().run(ExecRequest.of(command), soon());
        assertThat(result.exitCode()).as(result.getErr()).isZero();
        return result.getOut();
    }

    static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(100));
    }
}
