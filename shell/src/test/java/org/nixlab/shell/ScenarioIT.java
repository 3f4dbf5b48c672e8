package org.nixlab.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;

/** Scenarios on real machines: the same each time, and nothing left, however they end. */
@Timeout(900)
class ScenarioIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String NETWORK = "network '''{ m.virtualisation.memorySize = 192; }'''\n";

    @TempDir
    Path directory;

    @Test
    void aScenarioDoesTheSameEachTimeAndLeavesNothing() throws IOException {
        write(NETWORK + """
                run()
                step('fresh') { m.fail 'test -e /root/mark'; m.succeed 'touch /root/mark' }
                """);

        for (int i = 0; i < 2; i++) {
            var result = script("s.groovy");
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.out()).startsWith("✓ fresh").contains("s.groovy: passed, 1 of 1 step");
            assertThat(left()).containsExactly("s.groovy");
        }
    }

    @Test
    void aMachineThatDiesEndsItsStepWithWhatItsConsoleSaid() throws IOException {
        write(NETWORK + """
                run()
                step('dies') { m.succeed 'echo farewell >/dev/console; echo o >/proc/sysrq-trigger; sleep 600' }
                step('goes on') { println 'here' }
                """);

        var result = script("s.groovy");

        assertThat(result.exitCode()).as(result.out()).isEqualTo(4);
        assertThat(result.out()).contains("✗ dies", "farewell", "s.groovy:3: step('dies')", "here\n✓ goes on");
        assertThat(result.err()).endsWith("step 'dies' failed\n");
        assertThat(left()).containsExactly("s.groovy");
    }

    @Test
    void interruptsEndItWithinASecondAndLeaveNothing() throws Exception {
        write(NETWORK + "run()\nprintln 'hangs'\nwhile (true) { }\n");

        for (var signal : List.of("INT", "TERM")) {
            var process = new ProcessBuilder(program(), "script", "s.groovy")
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.inputReader().readLine()).isEqualTo("hangs");
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();

            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
            assertThat(left()).as(signal).containsExactly("s.groovy");
        }
    }

    @Test
    void whatIsKeptIsThereForOthersUntilItIsStopped() throws IOException {
        write(NETWORK + "run()\nassert m.succeed('echo kept >/root/mark; cat /root/mark') == 'kept\\n'\n");

        var result = script("--keep", "s.groovy");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("nixlab --lab s@1 stop");
        assertThat(nixlab("--lab", "s@1", "exec", "m", "cat /root/mark").out()).isEqualTo("kept\n");
        assertThat(nixlab("--lab", "s@1", "stop").exitCode()).isZero();

        write(NETWORK);
        assertThat(script("s.groovy").exitCode()).isZero();
        assertThat(left()).containsExactly("s.groovy");
    }

    @Test
    void whereItFailsThereIsAPromptWithTheMachinesRunning() throws IOException {
        write(NETWORK + """
                run()
                def answer = m.succeed('echo 41').trim().toInteger()
                step('wrong') { assert answer == 42 }
                step('next') { println 'next' }
                """);
        var command = Launcher.command(directory, "script", "--break", "s.groovy")
                .input("println answer + 1\nexec m 'echo alive'\n".getBytes(StandardCharsets.UTF_8));

        var result = HostProcess.run(command, Deadline.in(LIMIT));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("✗ wrong", "42\nalive\n").doesNotContain("next");
        assertThat(left()).containsExactly("s.groovy");
    }

    @Test
    void theNetworkOfTheUsersLabIsLoadedAsHeLoadedIt() throws IOException {
        Files.writeString(directory.resolve("network.nix"), """
                {
                  one = { name = "one"; nodes.web = { }; testScript = ""; };
                  two = { name = "two"; nodes.db = { }; testScript = ""; };
                }
                """);
        write("println web.name\n");

        var result = nixlab("-e", "script s.groovy", "network.nix#one");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("web\n");
    }

    @Test
    void aTestOfNixOSRunsAsItIs() throws IOException {
        Files.writeString(directory.resolve("test.nix"), """
                { pkgs, ... }: {
                  name = "own";
                  nodes.box = { networking.hostName = "ahost"; virtualisation.memorySize = 192; };
                  testScript = ''
                    ahost.succeed("systemctl is-active basic.target")
                    assert ahost is box
                    machine.copy_from_host("${pkgs.writeText "note" "from the host"}", "sub/note")
                    machine.copy_from_host("${pkgs.coreutils}/bin/true", "/opt/own/true")
                    assert machine.succeed("/opt/own/true; pwd; cat sub/note") == "/tmp\\nfrom the host"
                    assert machine.execute("echo half; sleep 600", timeout=2) == (124, "half\\n")
                    machine.copy_from_vm("sub/", "out")
                    assert (driver.out_dir / "out/sub/note").read_text() == "from the host"
                    with subtest("fails"):
                        machine.succeed("false")
                  '';
                }
                """);

        var result = script("test.nix");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.out())
                .contains("✗ fails", "'false' exited with 1", "testScript:10: machine.succeed(\"false\")");
        assertThat(left()).containsExactlyInAnyOrder("test.nix", "out");
    }

    private ProcessResult script(String... words) {
        var all = new ArrayList<>(List.of("script"));
        all.addAll(List.of(words));
        return nixlab(all.toArray(String[]::new));
    }

    private ProcessResult nixlab(String... words) {
        return Launcher.run(directory, LIMIT, words);
    }

    private void write(String scenario) throws IOException {
        Files.writeString(directory.resolve("s.groovy"), scenario);
    }

    private List<String> left() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String program() {
        return Path.of("bin/nixlab").toAbsolutePath().toString();
    }
}
