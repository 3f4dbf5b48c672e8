package org.nixlab.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.talk.ExecRequest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The words for a guest's bash, in a bash that is not {@code /bin/bash}, as in NixOS. */
@Timeout(60)
final class GuestScriptTest {
    @TempDir
    private Path directory;

    private Path bash;

    @BeforeEach
    void aGuestWithoutBashInItsUsualPlace() throws IOException {
        bash = Files.copy(Path.of("/bin/bash"), directory.resolve("bash"));
        program("getent", "echo \"$2:x:65534:65534::/nonexistent:/run/current-system/sw/bin/nologin\"");
        program("runuser", "printf '%s\\n' \"$@\"");
        program("setsid", "shift; exec \"$@\"");
    }

    @Test
    void anAccountWithoutAShellGetsTheOneThatIsThere() {
        assertThat(run(GuestScript.of(ExecRequest.of("echo hi").asUser("nobody"))))
                .isEqualTo("-s\n" + bash + "\nnobody\n-c\necho hi\n");
    }

    @Test
    void onATerminalToo() {
        assertThat(run(GuestScript.login(Optional.of("nobody"), "xterm"))).isEqualTo("-s\n" + bash + "\nnobody\n");
    }

    @Test
    void aStrictCommandEndsWhereAPartOfItFails() {
        var request = ExecRequest.of("false | true; echo on");

        assertThat(run(GuestScript.of(request))).isEqualTo("on\n");
        assertThat(run(GuestScript.of(request.strictly()))).isEmpty();
    }

    private void program(String name, String text) throws IOException {
        var file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(byte[] script) {
        var result = HostProcess.run(
                HostCommand.of(
                        "env",
                        "PATH=" + directory + ":/usr/bin:/bin",
                        "SHELL=/bin/sh",
                        "bash",
                        "--norc",
                        "-c",
                        new String(script, UTF_8)),
                Deadline.in(Duration.ofSeconds(30)));
        assertThat(result.err()).isEmpty();
        return result.out();
    }
}
