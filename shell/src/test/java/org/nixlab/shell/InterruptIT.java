package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Ctrl-C in a real shell on a terminal, during what takes long; never does it end the shell or a machine. */
@Timeout(900)
class InterruptIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BUILT = Duration.ofMinutes(3);
    private static final String PROMPT = "nixlab network 0/1> ";
    private static final String CTRL_C = "\u0003";
    private static final String PROGRAM = Path.of("bin/nixlab").toAbsolutePath().toString();

    @TempDir
    Path directory;

    @BeforeEach
    void aNetwork() throws IOException {
        Files.writeString(directory.resolve("network.nix"), "{ m = { }; }");
        Files.writeString(directory.resolve("endless.groovy"), "print 'end' + 'less'\nm.succeed('sleep 1000')\n");
    }

    @AfterEach
    void pullThePlug() {
        Launcher.run(directory, Duration.ofMinutes(2), "-e", "kill all", "network.nix");
    }

    @Test
    void duringABuild() throws Exception {
        var cache = directory.resolve("cache");
        try (var terminal = shell(Map.of("NIXLAB_CACHE", cache.toString()))) {
            terminal.type("build\r");
            terminal.await("unpacking", SOON.multipliedBy(4));
            terminal.type(CTRL_C);
            terminal.await("interrupted", SOON);
            terminal.await(PROMPT, SOON);
            terminal.type("images\r");
            terminal.await(PROMPT, SOON);
            terminal.type("\u0004");
            assertThat(terminal.awaitExit(SOON)).isZero();
        }
        try (var layers = Files.walk(cache)) {
            assertThat(layers.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith(".squashfs"));
        }
    }

    @Test
    void duringARun() throws Exception {
        try (var terminal = shell(Map.of())) {
            terminal.type("run\r");
            terminal.await("m  kernel", BUILT);
            terminal.type(CTRL_C);
            terminal.await("interrupted", SOON);
            terminal.await("> ", SOON);
            terminal.type("run\r");
            terminal.await("1 machine ready", BUILT);
            terminal.type("exec m 'echo $(systemctl is-system-running) now'\r");
            terminal.await("running now\r\n", SOON);

            terminal.type("exec m 'echo begun; sleep 1000'\r");
            terminal.await("begun\r\n", SOON);
            terminal.type(CTRL_C);
            terminal.await("interrupted", SOON);

            terminal.type("exec m 'while pgrep -x sleep > /dev/null; do :; done; echo it ended'\r");
            terminal.await("it ended\r\n", SOON);

            var oneShot = new ProcessBuilder(PROGRAM, "exec", "m", "echo", "begun;", "sleep", "1000")
                    .directory(directory.toFile())
                    .start();
            assertThat(oneShot.inputReader().readLine()).isEqualTo("begun");
            signal("INT", oneShot);
            assertThat(oneShot.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(oneShot.exitValue()).isEqualTo(130);

            interrupt(terminal, "logs m -f", "systemd[1]");
            interrupt(terminal, "console m -f", "Multi-User System");
            interrupt(terminal, "status -w", "ready");
            interrupt(terminal, "while (true) { print 'so' + 'on' }", "soon");
            interrupt(terminal, "script --disks keep endless.groovy", "endless");
            interrupt(terminal, "print 'wait' + 'ing'; m.waitForOpenPort(81)", "waiting");
            terminal.type("exec m 'head -c 800M /dev/zero > /big; echo $((6 * 8))'\r");
            terminal.await("48\r\n", BUILT);
            interrupt(terminal, "copy m:/big zeros", "MiB");
            assertThat(directory.resolve("zeros")).doesNotExist();
            interrupt(terminal, "restart m", "kernel", BUILT);
            terminal.type("run\r");
            terminal.await("1 machine ready", BUILT);
            interrupt(terminal, "stop", "stopping");
            terminal.type("stop\r");
            terminal.await(PROMPT, BUILT);
            terminal.type("\u0004");
            assertThat(terminal.awaitExit(SOON)).isZero();
        }
    }

    @Test
    void ofLinesFromAPipe() throws Exception {
        var process = new ProcessBuilder(PROGRAM).directory(directory.toFile()).start();
        try (var lines = process.outputWriter()) {
            lines.write("!echo listening\n");
            lines.flush();
            assertThat(process.inputReader().readLine()).isEqualTo("listening");
            signal("INT", process);
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    void byTheHostLeavesNoBuilderBehind() throws Exception {
        var cache = directory.resolve("cache");
        var builder = new ProcessBuilder(PROGRAM, "-e", "build", "network.nix")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("NIXLAB_CACHE", cache.toString());
        var process = builder.start();
        try (var output = process.inputReader()) {
            assertThat(output.lines().anyMatch(line -> line.contains("unpacking")))
                    .isTrue();
            signal("TERM", process);
            assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        var left = ProcessHandle.allProcesses()
                .filter(other -> other.info().commandLine().orElse("").contains(cache.toString()))
                .map(other -> other.info().commandLine().orElse(""));
        assertThat(left).isEmpty();
    }

    private static void signal(String name, Process process) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void interrupt(TestTerminal terminal, String line, String begun) throws IOException {
        interrupt(terminal, line, begun, SOON);
    }

    private static void interrupt(TestTerminal terminal, String line, String begun, Duration limit) throws IOException {
        terminal.type(line + "\r");
        terminal.await("\n", SOON);
        terminal.await(begun, limit);
        terminal.type(CTRL_C);
        // What shows the end of a line may be written before the prompt is ready.
        terminal.type("!echo $((4 * 8))\r");
        terminal.await("32\r\n", SOON);
        terminal.await("nixlab network ", SOON);
    }

    private TestTerminal shell(Map<String, String> environment) throws IOException {
        var terminal = new TestTerminal(directory, PROGRAM + " network.nix", environment);
        terminal.await(PROMPT, SOON);
        return terminal;
    }
}
