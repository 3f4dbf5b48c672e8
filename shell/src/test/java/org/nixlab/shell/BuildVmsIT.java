package org.nixlab.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.nix.nixos.SampleTree;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** {@code nixlab build-vms} in the place of {@code nixos-build-vms}, as users of that type it. */
@Timeout(900)
class BuildVmsIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    Path directory;

    private Path work;

    @BeforeEach
    void aNetworkThatImportsByItsSearchPath() throws IOException {
        work = Files.createDirectory(directory.resolve("work"));
        Files.createDirectory(directory.resolve("own"));
        Files.writeString(directory.resolve("own/module.nix"), "{ networking.domain = \"example.net\"; }\n");
        network("{ imports = [ <own/module.nix> ]; }");
    }

    @Test
    void ofDebianMachines() throws Exception {
        var built = buildVms(
                Map.of(),
                "--guest debian build-vms --use-backdoor --show-trace ../network.nix --option cores 1 -I own=../own");

        assertThat(built.out().strip())
                .isEqualTo(work.resolve("result").toRealPath().toString());
        runs();
    }

    @Test
    void ofNixosMachines() throws Exception {
        var debian = buildVms(Map.of(), "--guest debian build-vms ../network.nix --no-out-link -I own=../own");
        assertThat(work.resolve("result")).doesNotExist();
        var script = Path.of(debian.out().strip(), "bin/run-m-vm").toRealPath();
        var tree = SampleTree.modern(directory);
        var environment = tree.environment();
        environment.put("NIXOS", tree.path().resolve("nixos").toString());
        network("{ imports = [ <own/module.nix> ]; virtualisation.script = \"" + script + "\"; }");

        var built = buildVms(
                environment,
                "--lab nixos --guest nixos build-vms -I own=../own ../network.nix --option cores 1 --use-backdoor"
                        + " --show-trace");

        assertThat(built.out().strip())
                .isEqualTo(work.resolve("result").toRealPath().toString());
        assertThat(work.resolve("result/bin/run-m-vm").toRealPath()).startsWith(directory.resolve("store"));
        runs();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "../network.nix --help"})
    void helpIsThatOfTheManualPage(String words) {
        var help = run(Map.of(), "build-vms " + words);

        assertThat(help.exitCode()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out())
                .contains("--show-trace", "--no-out-link", "--use-backdoor", "--option=NAME VALUE", "-I=PATH", "--help")
                .contains("bin/run-vms", "deployment.hostname", "nixpkgs.system", "NIXPKGS_ALL", "NIXOS", "'result'");
    }

    @Test
    void mistakesAreOneMessageAndNothingIsPrinted() {
        mistake("build-vms", "build-vms: missing required parameter: 'FILE'");
        mistake("build-vms a.nix b.nix", "build-vms: unmatched argument at index 1: 'b.nix'");
        mistake("build-vms --no-outlink ../network.nix", "build-vms: unknown option: '--no-outlink'");
        mistake("build-vms nothing.nix", work + "/nothing.nix does not exist");
    }

    private void mistake(String words, String message) {
        var result = run(Map.of(), words);

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith(message + "\n");
        assertThat(result.err().lines().count()).as(result.err()).isLessThanOrEqualTo(3);
    }

    /** Starts the network from a directory where nothing of it is. */
    private void runs() throws Exception {
        var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        var command = HostCommand.of(work.resolve("result/bin/nixos-run-vms").toString())
                .in(elsewhere)
                .environment("USE_TMPDIR", "1")
                .environment("TMPDIR", elsewhere.toString());
        var socket = elsewhere.resolve("m.socket");
        try (var machines =
                HostProcess.start(command, OutputStream.nullOutputStream(), OutputStream.nullOutputStream())) {
            await("the socket", () -> Files.exists(socket));
            assertThat(PosixFilePermissions.fromString("rwx------")).containsAll(Files.getPosixFilePermissions(socket));
            try (var shell = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                shell.connect(UnixDomainSocketAddress.of(socket));
                shell.configureBlocking(false);
                answers(shell);
            }
            ProcessHandle.of(machines.pid()).orElseThrow().destroy();
            assertThat(machines.await(Deadline.in(LIMIT)).exitCode()).isEqualTo(143);
        }
        assertThat(socket).doesNotExist();
    }

    /** The line is said again and again, as a user does who does not know when somebody listens. */
    private static void answers(SocketChannel shell) {
        var seen = new StringBuilder();
        var read = ByteBuffer.allocate(1 << 16);
        new Await(Duration.ofSeconds(1), Duration.ofSeconds(2), detail -> {})
                .until(
                        new Condition(
                                "an answer",
                                () -> {
                                    try {
                                        shell.write(
                                                ByteBuffer.wrap("echo $(hostname -f) $((6 * 7))\n".getBytes(UTF_8)));
                                        if (shell.read(read.clear()) > 0) {
                                            seen.append(UTF_8.decode(read.flip()));
                                        }
                                    } catch (IOException e) {
                                        throw new UncheckedIOException(e);
                                    }
                                    return new Observation(seen.indexOf("m.example.net 42") >= 0, seen.toString());
                                },
                                ""),
                        Deadline.in(LIMIT));
    }

    private void network(String machine) throws IOException {
        Files.writeString(directory.resolve("network.nix"), "{ m = " + machine + "; }\n");
    }

    private ProcessResult buildVms(Map<String, String> environment, String words) {
        var built = run(environment, words);
        assertThat(built.exitCode()).as(built.err()).isZero();
        assertThat(built.out().lines()).as(built.out()).hasSize(1);
        assertThat(built.err()).contains("built; ").contains("/bin/run-vms starts the network");
        return built;
    }

    private ProcessResult run(Map<String, String> environment, String words) {
        var command = Launcher.command(work, words.split(" "));
        for (var variable : environment.entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        return HostProcess.run(command, Deadline.in(LIMIT));
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.host()
                .until(
                        new Condition(what, () -> new Observation(condition.getAsBoolean(), ""), ""),
                        Deadline.in(LIMIT));
    }
}
