package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

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

    @TempDir
    Path directory;

    @BeforeEach
    void aNetwork() throws IOException {
        Files.writeString(directory.resolve("network.nix"), "{ m = { }; }");
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
            terminal.type("exec m 'echo $((6 * 7))'\r");
            terminal.await("42\r\n", SOON);

            terminal.type("exec m 'echo begun; sleep 1000'\r");
            terminal.await("begun\r\n", SOON);
            terminal.type(CTRL_C);
            terminal.await("interrupted", SOON);

            terminal.type("exec m 'while pgrep -x sleep > /dev/null; do :; done; echo it ended'\r");
            terminal.await("it ended\r\n", SOON);

            terminal.type("logs m -f\r");
            terminal.await("systemd[1]", SOON);
            terminal.type(CTRL_C);
            terminal.await("nixlab network 1/1> ", SOON);
            terminal.type("stop\r");
            terminal.await(PROMPT, BUILT);
            terminal.type("\u0004");
            assertThat(terminal.awaitExit(SOON)).isZero();
        }
    }

    private TestTerminal shell(Map<String, String> environment) throws IOException {
        var terminal =
                new TestTerminal(directory, Path.of("bin/nixlab").toAbsolutePath() + " network.nix", environment);
        terminal.await(PROMPT, SOON);
        return terminal;
    }
}
