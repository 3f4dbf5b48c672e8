package org.nixlab.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Await;
import org.nixlab.base.Condition;
import org.nixlab.base.Condition.Observation;
import org.nixlab.base.Deadline;
import org.nixlab.nix.nixos.SampleTree;
import org.nixlab.process.HostCommand;
import org.nixlab.process.HostProcess;
import org.nixlab.process.ProcessResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** NixOS machines of an ordinary user whose Nix is a daemon and builds in a sandbox, as it is installed everywhere. */
@Timeout(300)
class SharedNixIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String USER = "nobody";

    @TempDir
    Path directory;

    private Path home;
    private Path program;
    private SampleTree tree;
    private NixDaemon daemon;

    @BeforeEach
    void aUserAndADaemon() throws IOException {
        assumeTrue(
                System.getProperty("user.name").equals("root"), "to start a daemon with users of its own takes root");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Files.createDirectory(directory.resolve("home"));
        var nobody = home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(USER);
        Files.setOwner(home, nobody);
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        program = installed();
        tree = SampleTree.modern(directory);
        daemon = NixDaemon.start(Files.createDirectory(directory.resolve("nix")));
    }

    @AfterEach
    void stopTheDaemon() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void aMachineIsBuiltAndKept() throws IOException {
        network("{ m.services.openssh.enable = true; }");

        var built = nixlab("build-vms", "network.nix");

        assertThat(built.exitCode()).as(built.err()).isZero();
        var script = home.resolve("result/bin/run-m-vm").toRealPath();
        assertThat(script).isExecutable().startsWith(directory.resolve("nix/store"));
        assertThat(run(List.of("nix-store", "--gc")).exitCode()).isZero();
        assertThat(script).isExecutable();
        assertThat(nixlab("-e", "show m config networking.hostName", "network.nix")
                        .out())
                .isEqualTo("\"m\"\n");
    }

    @Test
    void whatABuilderSaysIsQuoted() throws IOException {
        network("{ m.virtualisation.broken = true; }");

        var built = nixlab("build-vms", "network.nix");

        assertThat(built.exitCode()).as(built.err()).isEqualTo(3);
        assertThat(built.err()).contains("nixos-vm could not be built\n    one\n    the compiler is sad\n");
    }

    @Test
    void ctrlCEndsTheBuildersOfTheDaemon() throws Exception {
        network("{ m = { pkgs, ... }: { virtualisation.kernel ="
                + " pkgs.runCommand \"slow\" { } \"echo it begins; sleep 5432.1\"; }; }");
        var process = new ProcessBuilder(asUser(program.toString(), "--guest", "nixos", "build-vms", "network.nix"))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        process.environment().putAll(environment());
        var nixlab = process.start();
        await("the builder runs", true);

        new ProcessBuilder("kill", "-INT", Long.toString(nixlab.pid())).start().waitFor();

        assertThat(nixlab.waitFor()).isEqualTo(130);
        await("no builder is left", false);
    }

    @Test
    void whoMayNotUseTheDaemonIsToldHowToBeLetIn() throws IOException {
        network("{ m = { }; }");
        daemon.shut();

        var built = nixlab("build-vms", "network.nix");

        assertThat(built.exitCode()).as(built.err()).isEqualTo(4);
        assertThat(built.err())
                .startsWith("you may not use Nix's daemon\n")
                .contains(directory + "/nix/state/daemon-socket/socket\n", "adduser $USER nix-users");
    }

    @Test
    void aDaemonThatDoesNotRunIsNamed() throws IOException {
        network("{ m = { }; }");
        daemon.close();

        var built = nixlab("build-vms", "network.nix");

        assertThat(built.exitCode()).as(built.err()).isEqualTo(4);
        assertThat(built.err()).startsWith("Nix's daemon does not run\n").contains("systemctl start nix-daemon");
    }

    /** The checkout may be where nobody can look. */
    private Path installed() {
        var copy = HostProcess.run(
                HostCommand.of("sh", "-ec", "mkdir -p \"$1\" && cp -R bin target/nixlab/lib \"$1\"", "sh")
                        .with(directory.resolve("nixlab").toString()),
                Deadline.in(LIMIT));
        assertThat(copy.exitCode()).as(copy.err()).isZero();
        return directory.resolve("nixlab/bin/nixlab");
    }

    private void network(String text) throws IOException {
        Files.writeString(home.resolve("network.nix"), text + "\n");
    }

    private ProcessResult nixlab(String... arguments) {
        var words = new ArrayList<>(List.of(program.toString(), "--guest", "nixos"));
        words.addAll(List.of(arguments));
        return run(words);
    }

    private ProcessResult run(List<String> words) {
        var command = HostCommand.of(asUser(words.toArray(String[]::new))).in(home);
        for (var variable : environment().entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        return HostProcess.run(command, Deadline.in(LIMIT));
    }

    private static List<String> asUser(String... words) {
        var all = new ArrayList<>(List.of("setpriv", "--reuid", USER, "--regid", "nogroup", "--clear-groups"));
        all.addAll(List.of(words));
        return all;
    }

    private TreeMap<String, String> environment() {
        var environment = new TreeMap<>(daemon.environment());
        environment.put("HOME", home.toString());
        environment.put("NIXPKGS_ALL", tree.path().toString());
        environment.put("NIXLAB_CACHE", home.resolve("cache").toString());
        environment.put("NIXLAB_CLASS_DATA", "off");
        return environment;
    }

    private static void await(String what, boolean there) {
        Await.host()
                .until(
                        new Condition(
                                what,
                                () -> new Observation(
                                        ProcessHandle.allProcesses()
                                                        .map(process -> process.info()
                                                                .commandLine()
                                                                .orElse(""))
                                                        .anyMatch(line -> line.endsWith("sleep 5432.1"))
                                                == there,
                                        ""),
                                ""),
                        Deadline.in(LIMIT));
    }
}
