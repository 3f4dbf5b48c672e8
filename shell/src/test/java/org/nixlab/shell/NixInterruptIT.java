package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;

/** Ctrl-C and SIGTERM while a real Nix builds: its builders end with it, and the next build works. */
@Timeout(300)
class NixInterruptIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String PROGRAM = Path.of("bin/nixlab").toAbsolutePath().toString();

    @TempDir
    Path directory;

    private SampleTree tree;
    private Path signs;
    private Path begun;
    private Path go;

    @BeforeEach
    void aBuilderThatWaits() throws IOException {
        tree = SampleTree.modern(directory);
        signs = Files.createDirectory(directory.resolve("signs"));
        begun = signs.resolve("begun");
        go = signs.resolve("go");
        Files.writeString(directory.resolve("network.nix"), """
                {
                  m = { pkgs, ... }: {
                    virtualisation.kernel = pkgs.runCommand "slow" { } ''
                      echo it begins
                      touch %s
                      [ -e %s ] || tail -f %s
                    '';
                  };
                }
                """.formatted(begun, go, begun));
    }

    @Test
    void inTheShell() throws Exception {
        var command = PROGRAM + " --guest nixos network.nix";
        try (var terminal = new TestTerminal(directory, command, environment())) {
            terminal.await("nixlab network 0/1> ", SOON);
            terminal.type("build\r");
            terminal.await("building slow: it begins", SOON);
            terminal.type("\u0003");
            terminal.await("interrupted", SOON);
            terminal.await("nixlab network 0/1> ", SOON);
            awaitNoBuilder();

            Files.createFile(go);
            terminal.type("build\r");
            terminal.await("/layers/", SOON);
            terminal.await("nixlab network 0/1> ", SOON);
            terminal.type("\u0004");
            assertThat(terminal.awaitExit(SOON)).isZero();
        }
        assertThat(directory.resolve("result/bin/run-m-vm")).isExecutable();
    }

    @Test
    void ofOneCommand() throws Exception {
        assertThat(exitCodeAfter("INT")).isEqualTo(130);
        awaitNoBuilder();
        Files.delete(begun);
        assertThat(exitCodeAfter("TERM")).isEqualTo(143);
        awaitNoBuilder();

        Files.createFile(go);
        assertThat(start().waitFor()).isZero();
        assertThat(directory.resolve("result/bin/run-m-vm")).isExecutable();
    }

    private int exitCodeAfter(String signal) throws Exception {
        var process = start();
        await(begun + " exists", () -> Files.exists(begun));
        assertThat(builders()).isNotEmpty();
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(PROGRAM, "--guest", "nixos", "build-vms", "network.nix")
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().putAll(environment());
        return builder.start();
    }

    private TreeMap<String, String> environment() {
        var environment = new TreeMap<>(tree.environment());
        environment.merge("NIX_CONFIG", "extra-sandbox-paths = " + signs + "\n", String::concat);
        environment.put("NIXPKGS_ALL", tree.path().toString());
        environment.put("NIXLAB_CACHE", directory.resolve("cache").toString());
        return environment;
    }

    private void awaitNoBuilder() {
        await("no builder is left", () -> builders().isEmpty());
    }

    private List<String> builders() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(begun.toString()))
                .toList();
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.host()
                .until(new Condition(what, () -> new Observation(condition.getAsBoolean(), ""), ""), Deadline.in(SOON));
    }
}
