package org.nixlab.nix.nixos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.InterfaceAddress;
import org.nixlab.model.Machine;
import org.nixlab.model.Origin;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;
import org.nixlab.nix.complaint.NixException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class NixosEvaluatorIT {
    private static final String SEED = """
            {
              test1 = {pkgs, config, ...}: {
                services.openssh.enable = true;
                nixpkgs.system = "i686-linux";
                deployment.hostname = "test1.example.net";
              };
              test2 = {pkgs, config, ...}: {
                services.openssh.enable = true;
                services.httpd.enable = true;
                environment.systemPackages = [ pkgs.lynx ];
                nixpkgs.system = "x86_64-linux";
                deployment.hostname = "test2.example.net";
              };
            }
            """;

    @TempDir
    private Path directory;

    private SampleTree tree;

    @BeforeEach
    void makeTree() {
        tree = SampleTree.modern(directory);
    }

    @Test
    void theSeedNetworkIsTheSameOnOldAndNewTrees() throws IOException {
        var old = SampleTree.old(directory.resolve("old"));
        for (var evaluated : List.of(evaluate(SEED), evaluate(old, SEED, request(old)))) {
            var machines = evaluated.network().machines();
            assertThat(machines).extracting(Machine::name).containsExactly("test1", "test2");
            var test1 = machines.get(0);
            assertThat(test1.system()).isEqualTo(GuestArchitecture.I686);
            assertThat(test1.identity().deploymentHostname()).isEqualTo("test1.example.net");
            assertThat(test1.interfaces().get(0).addresses()).containsExactly(new InterfaceAddress("192.168.1.1", 24));
            assertThat(test1.interfaces().get(0).mac()).isEqualTo("52:54:00:12:01:01");
            assertThat(nixos(test1).units()).contains("sshd.service").doesNotContain("httpd.service");
            assertThat(machines.get(1).system()).isEqualTo(GuestArchitecture.X86_64);
            assertThat(nixos(machines.get(1)).units()).contains("httpd.service");
            assertThat(nixos(machines.get(1)).script()).endsWithRaw(Path.of("bin/run-test2-vm"));
            assertThat(nixos(machines.get(1)).release()).isEqualTo("20.09");
            assertThat(machines)
                    .allSatisfy(machine ->
                            assertThat(Path.of(nixos(machine).derivation())).exists());
        }
    }

    @Test
    void whatNixCollectedIsEvaluatedAgain() throws IOException {
        var derivation =
                Path.of(nixos(evaluate(SEED).network().machines().get(0)).derivation());
        Files.delete(derivation);
        run("nix-store", "--verify");

        evaluate(SEED);

        assertThat(derivation).exists();
    }

    @Test
    void containersOfATestAreVirtualMachines() throws IOException {
        for (var head : List.of("", "{ lib, ... }: ")) {
            var evaluation =
                    evaluate(head + "{ name = \"t\"; containers.web = { }; nodes.db = { }; testScript = \"\"; }");

            assertThat(evaluation.network().names()).containsExactly("db", "web");
            assertThat(evaluation.notes()).containsExactly("the containers of the test run as virtual machines: web");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ name = \"t\"; nodes = { web = { ... }: { services.openssh.enable = true; }; }; testScript = \"\"; }",
                "{ pkgs, ... }: { name = \"t\"; nodes.web.services.openssh.enable = true; testScript = \"\"; }",
                "import ./make-test-python.nix ({ pkgs, ... }: { name = \"t\";"
                        + " nodes.web = { pkgs, ... }: { services.openssh.enable = true; }; testScript = \"\"; })",
                "with import <nixpkgs/nixos/lib/testing-python.nix> { system = \"x86_64-linux\"; };"
                        + " makeTest { name = \"t\"; nodes.web.services.openssh.enable = true; testScript = \"\"; }",
                "let pkgs = import <nixpkgs> { system = \"x86_64-linux\"; }; in"
                        + " pkgs.testers.runNixOSTest { name = \"t\"; nodes.web.services.openssh.enable = true;"
                        + " testScript = \"\"; }",
                "{ pkgs, ... }: pkgs.testers.runNixOSTest ({ lib, ... }: { name = \"t\";"
                        + " nodes.web.services.openssh.enable = true; testScript = \"\"; })",
            })
    void aTestOfNixosIsANetwork(String test) throws IOException {
        var machines = evaluate(test).network().machines();

        assertThat(machines).extracting(Machine::name).containsExactly("web");
        assertThat(nixos(machines.get(0)).units()).contains("sshd.service");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            { a = { }; localhost = { }; }                         | no machine can be called "localhost": every host calls itself so
            { a.deployment.hostname = "B"; b = { }; }             | machines `a` and `b` are both called "B"
            { a.virtualisation.vlans = [ 256 ]; }                 | machine `a` is on VLAN 256; they go from 0 to 255
            """)
    void whatWouldBeMistakenForAnotherIsRefusedWithItsPlace(String text, String message) {
        assertThatThrownBy(() -> evaluate(text))
                .isInstanceOf(LabException.class)
                .hasMessage(message)
                .extracting(e -> ((LabException) e).place())
                .asString()
                .startsWith(network() + ":1:");
    }

    @Test
    void aFunctionIsCalledWithWhatTheUserSays() throws IOException {
        var request = new NixosEvaluator.Request(
                network(),
                Optional.empty(),
                Optional.of(tree.path().toString()),
                List.of(),
                "{ names = [ \"a\" \"b\" ]; }",
                GuestArchitecture.X86_64,
                NetworkPart.ALL,
                Detail.SCREEN);

        var evaluation = evaluate(
                tree,
                "{ names, lib, ... }: lib.genAttrs names (name: { networking.domain = \"example.net\"; })",
                request);

        assertThat(evaluation.network().machines())
                .extracting(machine -> machine.identity().fqdn())
                .containsExactly("a.example.net", "b.example.net");
    }

    @Test
    void aSystemThatIsEvaluatedAlreadyIsAMachine() throws IOException {
        var machines = evaluate("import <nixpkgs/nixos/lib/eval-config.nix> { system = \"x86_64-linux\";"
                        + " modules = [ { networking.hostName = \"web\"; } ]; }")
                .network()
                .machines();

        assertThat(machines).extracting(Machine::name).containsExactly("web");
    }

    @Test
    void withoutATreeItIsSaidHowToNameOne() throws IOException {
        var request = new NixosEvaluator.Request(
                network(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "",
                GuestArchitecture.X86_64,
                NetworkPart.ALL,
                Detail.SCREEN);

        assertThatThrownBy(() -> evaluate(tree, SEED, request)).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage("there is no nixpkgs tree to build NixOS guests from");
            assertThat(e.hint()).contains("--nixpkgs", "NIXPKGS_ALL", "--guest debian");
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        });
    }

    @Test
    void aDirectoryThatIsNoTreeIsRefused() throws IOException {
        var request = new NixosEvaluator.Request(
                network(),
                Optional.empty(),
                Optional.of("/etc"),
                List.of(),
                "",
                GuestArchitecture.X86_64,
                NetworkPart.ALL,
                Detail.SCREEN);

        assertThatThrownBy(() -> evaluate(tree, SEED, request))
                .hasMessage("/etc is no nixpkgs tree")
                .isInstanceOf(LabException.class);
    }

    @Test
    void aNixTooOldForTheTreeIsNamedBeforeItFails() throws IOException {
        Files.writeString(tree.path().resolve("lib/minver.nix"), "# The oldest\n\"99.2\"\n");

        assertThatThrownBy(() -> evaluate(SEED)).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e.getMessage()).startsWith("nixpkgs 20.09 needs Nix 99.2 or newer, and this is Nix 2.");
            assertThat(e.hint()).contains("--nixpkgs");
            assertThat(e.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        });
    }

    @Test
    void aMachineForAnotherProcessorIsRefused() {
        assertThatThrownBy(() -> evaluate("{ web = { nixpkgs.system = \"aarch64-linux\"; }; }"))
                .isInstanceOfSatisfying(LabException.class, e -> {
                    assertThat(e).hasMessage("web is a machine for aarch64-linux, which cannot be run here");
                    assertThat(e.hint()).isEqualTo("nixlab runs x86_64-linux and i686-linux");
                });
    }

    @Test
    void aMistakeInTheFileIsFoundInTheFile() throws IOException {
        assertThatThrownBy(() -> evaluate("{\n  web = {\n    services.openssh.enable = undefinedName;\n  };\n}\n"))
                .isInstanceOfSatisfying(NixException.class, e -> {
                    assertThat(e).hasMessage("'undefinedName' is not defined");
                    assertThat(e.place()).isEqualTo(network() + ":3:31");
                });
    }

    @Test
    void aBuildTellsHowItGoesAndLeavesAScript() throws IOException {
        var machines = evaluate(SEED).network().machines();
        var listener = new RecordedBuild();

        new NixosBuilder(tree.environment(), List.of()).build(machines, directory.resolve("roots"), listener, minute());

        assertThat(machines)
                .allSatisfy(machine -> assertThat(nixos(machine).script()).isExecutable());
        assertThat(listener.steps).anyMatch(step -> step.matches("\\d+ of \\d+ built, building nixlab-guest"));
        new NixosBuilder(tree.environment(), List.of())
                .build(machines.subList(1, 2), directory.resolve("roots"), listener, minute());
        run("nix-store", "--gc");
        assertThat(machines)
                .as("to build one machine again lets go of no other")
                .allSatisfy(machine -> {
                    assertThat(directory.resolve("roots").resolve(machine.name()))
                            .isSymbolicLink();
                    assertThat(nixos(machine).script()).isExecutable();
                });
    }

    @Test
    void theProgramsOfTheChannelsAreMadeForTheGuest() throws IOException {
        var machine = evaluate(SEED).network().machines().get(1);
        var programs = nixos(machine).programs();
        run("nix-store", "--realise", derivationOf(programs));

        assertThat(Files.readString(Path.of(programs, "slot")))
                .startsWith("#!" + tree.environment().get("NIX_STORE_DIR"));
        assertThat(Files.readString(Path.of(programs, "lib/systemd/system/nixlab-slot@.service")))
                .contains("ExecStart=" + programs + "/slot /dev/virtio-ports/%i")
                .contains("/run/current-system/sw/bin")
                .doesNotContain("/usr/lib/nixlab", "[Install]");
        assertThat(Path.of(programs, "bin/xxhsum")).isSymbolicLink();
    }

    @Test
    void onlyWhatHasSourcesCountsAsCompiled() throws IOException {
        var builder = new NixosBuilder(tree.environment(), List.of());
        assertThat(builder.toCompile(evaluate(SEED).network().machines(), new RecordedBuild(), minute()))
                .isEmpty();

        var compiled = evaluate("{ web = { pkgs, ... }: { virtualisation.kernel ="
                + " pkgs.runCommand \"linux-6.1\" { src = ./.; } \"touch $out/k\"; }; }");
        assertThat(builder.toCompile(compiled.network().machines(), new RecordedBuild(), minute()))
                .containsExactly("linux-6.1");
    }

    @Test
    void aBuilderThatFailsIsQuoted() throws IOException {
        var machines = evaluate("{ web = { virtualisation.broken = true; }; }")
                .network()
                .machines();

        assertThatThrownBy(() -> new NixosBuilder(tree.environment(), List.of())
                        .build(machines, directory.resolve("roots"), new RecordedBuild(), minute()))
                .isInstanceOfSatisfying(LabException.class, e -> {
                    assertThat(e).hasMessage("nixos-vm could not be built\n  one\n  the compiler is sad");
                    assertThat(e.hint()).startsWith("nix-store --log /");
                    assertThat(e.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
                });
    }

    private String derivationOf(String output) {
        try (var store = Files.list(Path.of(tree.environment().get("NIX_STORE_DIR")))) {
            for (var file : store.filter(path -> path.toString().endsWith("-nixlab-guest.drv"))
                    .toList()) {
                if (Files.readString(file).contains(output)) {
                    return file.toString();
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing makes " + output);
    }

    private void run(String program, String... arguments) {
        var result = new HostNix(tree.environment(), List.of()).run(program, List.of(arguments), minute());
        assertThat(result.succeeded()).as(result.err()).isTrue();
    }

    private Evaluation evaluate(String network) throws IOException {
        return evaluate(tree, network, request(tree));
    }

    private NixosEvaluator.Request request(SampleTree from) {
        return from.request(network());
    }

    private Evaluation evaluate(SampleTree from, String network, NixosEvaluator.Request request) throws IOException {
        if (!Files.exists(network()) || !Files.readString(network()).equals(network)) {
            Files.writeString(network(), network);
        }
        return new NixosEvaluator(directory.resolve("cache"), from.environment(), SamplePrograms.all())
                .evaluate(request, minute());
    }

    private Path network() {
        return directory.resolve("network.nix");
    }

    private static Origin.Nixos nixos(Machine machine) {
        return (Origin.Nixos) machine.origin();
    }

    private static Deadline minute() {
        return Deadline.in(Duration.ofMinutes(1));
    }

    private static final class RecordedBuild implements NixBuildListener {
        private final List<String> steps = new ArrayList<>();

        @Override
        public void step(String detail, double fraction) {
            steps.add(detail);
        }

        @Override
        public void now(String text) {}

        @Override
        public void note(String line) {
            steps.add(line);
        }
    }
}
