package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.StoreItem;
import org.nixlab.model.test.TestScript;
import org.nixlab.nix.Evaluation;
import org.nixlab.nix.NetworkPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The scripts of tests of NixOS, as they are evaluated for Debian guests. */
@Timeout(120)
class TestScriptIT {
    private static final Path INDEX = Path.of("src/test/networks/package-index.json");
    private static final Pattern STORE_PATH = Pattern.compile("/nix/store/[a-z0-9]{32}-[\\w.+-]+");

    @TempDir
    Path home;

    private Path lab;

    @BeforeEach
    void makeDirectory() throws IOException {
        lab = Files.createDirectory(home.resolve("lab")).toRealPath();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }",
                "{ pkgs, ... }: { name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }",
                "{ name = \"t\"; nodes.web = { }; testScript = { nodes, ... }: \"web.start()\"; }",
                "{ name = \"t\"; nodes.web = { }; testScript = { nodes }: \"web.start()\"; }",
                "{ name = \"t\"; nodes.web = { }; testScript = _: \"web.start()\"; }",
                "{ lib, config, hostPkgs, nodes, ... }: { name = \"t\"; nodes.web = { };"
                        + " testScript = lib.mkForce \"web.start()\"; }",
                "{ nodes = { web = { pkgs, ... }: { }; }; testScript = \"web.start()\"; name = \"t\"; meta.maintainers = [ ];"
                        + " interactive.nodes.web = { }; skipLint = true; skipTypeCheck = true; passthru = { }; }",
                "import ./make-test-python.nix ({ pkgs, lib, ... }: { name = \"t\"; nodes.web = { };"
                        + " testScript = \"web.start()\"; })",
                "import ../make-test-python.nix { name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }",
                "import <nixpkgs/nixos/tests/make-test-python.nix> ({ ... }: { name = \"t\"; nodes.web = { };"
                        + " testScript = \"web.start()\"; })",
                "{ system ? builtins.currentSystem, pkgs ? import ../.. { inherit system; } }:"
                        + " with import ../lib/testing-python.nix { inherit system pkgs; };"
                        + " makeTest { name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }",
                "let pkgs = import <nixpkgs> { }; in"
                        + " pkgs.testers.runNixOSTest { name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }",
                "{ pkgs, ... }: pkgs.nixosTest ({ lib, ... }: { name = \"t\"; nodes.web = { };"
                        + " testScript = \"web.start()\"; })",
                "{ testers }: testers.runNixOSTest ({ lib, hostPkgs, ... }: { name = \"t\"; nodes.web = { };"
                        + " testScript = \"web.start()\"; })",
                "{ runTest, ... }: runTest { imports = [ { name = \"t\"; nodes.web = { }; } ];"
                        + " testScript = \"web.start()\"; }",
            })
    void aTestIsFoundInAnyForm(String text) throws IOException {
        var evaluation = evaluate(text);

        assertThat(evaluation.network().names()).containsExactly("web");
        assertThat(evaluation.test())
                .contains(new TestScript("t", "web.start()", Optional.empty(), false, List.of(), Map.of()));
    }

    @Test
    void aTestMayLieInATreeOfNixpkgs() throws IOException {
        var tests = Files.createDirectories(lab.resolve("nixpkgs/nixos/tests/web"));
        Files.createDirectories(lab.resolve("nixpkgs/nixos/lib"));
        for (var file : List.of("lib/eval-config.nix", "lib/testing-python.nix", "tests/make-test-python.nix")) {
            Files.writeString(lab.resolve("nixpkgs/nixos").resolve(file), "throw \"the tree itself was asked\"");
        }
        Files.writeString(lab.resolve("nixpkgs/default.nix"), "throw \"the tree itself was asked\"");
        Files.writeString(
                tests.resolve("part.nix"),
                "{ pkgs, port, ... }:"
                        + " import ../make-test-python.nix { name = \"t\"; nodes.web = { }; testScript = \"p = ${toString port}\"; }"
                        + " { inherit pkgs; }");
        var file = Files.writeString(
                tests.resolve("default.nix"),
                "{ system ? builtins.currentSystem, pkgs ? import ../../.. { inherit system; } }:"
                        + " import ./part.nix { inherit pkgs; port = 80; }");

        assertThat(evaluate(file).test().orElseThrow().text()).isEqualTo("p = 80");
    }

    @Test
    void whatATestSaysArrives() throws IOException {
        var test = evaluate("""
                        {
                          name = "screens";
                          machine = { };
                          enableOCR = true;
                          globalTimeout = 90;
                          extraPythonPackages = p: [ p.numpy ];
                          testScript = "machine.wait_for_text('x')";
                        }
                        """).test().orElseThrow();

        assertThat(test)
                .isEqualTo(new TestScript(
                        "screens",
                        "machine.wait_for_text('x')",
                        Optional.of(Duration.ofSeconds(90)),
                        true,
                        List.of("python3-numpy"),
                        Map.of()));
    }

    @Test
    void theScriptKnowsTheMachines() throws IOException {
        var test = evaluate("""
                        {
                          name = "t";
                          defaults.networking.domain = "example.net";
                          nodes.client = { };
                          nodes.web = { config, ... }: {
                            virtualisation.vlans = [ 2 1 ];
                            services.nginx.enable = true;
                            environment.etc.own.text = config.networking.primaryIPAddress;
                          };
                          testScript = { nodes, ... }: ''
                            ${nodes.web.networking.primaryIPAddress} ${nodes.web.networking.primaryIPv6Address}
                            ${nodes.web.config.networking.fqdn} ${nodes.client.networking.hostName}
                            ${(builtins.head nodes.web.networking.interfaces.eth2.ipv4.addresses).address}
                            ${nodes.web.environment.etc.own.text} ${nodes.web.system.name}
                            ${builtins.substring 44 5 "${nodes.web.services.nginx.package}"}
                          '';
                        }
                        """).test().orElseThrow();

        assertThat(test.text()).isEqualTo("""
                192.168.2.2 2001:db8:2::2
                web.example.net client
                192.168.1.2
                192.168.2.2 web
                nginx
                """);
    }

    @Test
    void whatTheScriptNamesIsInEveryMachine() throws IOException {
        Files.writeString(lab.resolve("data.txt"), "data\n");
        var evaluation = evaluate("""
                { pkgs, ... }:
                {
                  name = "t";
                  nodes.a = { };
                  nodes.b = { };
                  testScript = ''
                    a.succeed("${pkgs.lynx}/bin/lynx", "${pkgs.writeShellScript "go" "echo ${pkgs.nginx}"}")
                    b.copy_from_host("${./data.txt}", "/data")
                    open("${pkgs.writeText "page" "hello"}")
                  '';
                }
                """);

        for (var machine : evaluation.network().machines()) {
            var store = machine.configuration().store();
            assertThat(store).extracting(item -> item.path().substring(44)).contains("go", "data.txt", "page");
            assertThat(store)
                    .filteredOn(StoreItem.PackagePrefix.class::isInstance)
                    .flatExtracting(item -> ((StoreItem.PackagePrefix) item).packages())
                    .containsExactlyInAnyOrder("lynx", "nginx");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.succeed('true')|          { }|                                       false",
                "a.send_chars('root')|       { }|                                       true",
                "a.send_chars('root')|       { virtualisation.graphics = false; }|      false",
                "${nodes.a.networking.hostName}.wait_until_tty_matches('1', 'login')| { }| true",
            })
    void machinesHaveAScreenWhereTheScriptLooksAtIt(String script, String node, boolean screen) throws IOException {
        var evaluation =
                evaluate("{ name = \"t\"; nodes.a = " + node + "; testScript = { nodes, ... }: \"" + script + "\"; }");

        assertThat(evaluation.network().machines().get(0).hardware().graphics()).isEqualTo(screen);
    }

    @Test
    void theLibrariesOfAScriptInPythonComeWithIt() throws IOException {
        var evaluation = evaluate("""
                { pkgs, ... }:
                {
                  name = "t";
                  nodes.a = { };
                  testScript = "${pkgs.writers.writePython3 "ask" { libraries = [ pkgs.python3Packages.memcached ]; } "import memcache"}";
                }
                """);

        assertThat(evaluation.network().machines().get(0).configuration().store())
                .filteredOn(StoreItem.PackagePrefix.class::isInstance)
                .flatExtracting(item -> ((StoreItem.PackagePrefix) item).packages())
                .containsExactly("python3-memcache");
    }

    @Test
    void thePathsOfTheScriptAreFoundOnTheHost() throws IOException {
        Files.createDirectory(lab.resolve("site"));
        Files.writeString(lab.resolve("site/index.html"), "hello\n");
        var test = evaluate("""
                        { pkgs, ... }:
                        {
                          name = "t";
                          nodes.web = { };
                          testScript = "${./site} ${pkgs.writeText "page" "text"} ${pkgs.lynx}";
                        }
                        """).test().orElseThrow();

        var paths = STORE_PATH
                .matcher(test.text())
                .results()
                .map(found -> found.group())
                .toList();

        assertThat(test.onHost(paths.get(0) + "/index.html").orElseThrow()).hasContent("hello");
        assertThat(test.onHost(paths.get(1)).orElseThrow()).hasContent("text");
        assertThat(test.onHost(paths.get(2) + "/bin/lynx")).isEmpty();
        assertThat(test.onHost("/etc/hosts")).contains(Path.of("/etc/hosts"));
    }

    @Test
    void withoutBeingAskedForItTheScriptIsLeftAlone() throws IOException {
        var file = write("{ name = \"t\"; nodes.web = { }; testScript = { nodes, ... }: nodes.web.no.such.option; }");

        var evaluation = evaluator().evaluate(file, INDEX, GuestArchitecture.X86_64, Detail.SCREEN, minute());

        assertThat(evaluation.network().names()).containsExactly("web");
        assertThat(evaluation.test()).isEmpty();
    }

    @Test
    void aNetworkWithoutAScriptHasNoTest() throws IOException {
        assertThat(evaluate("{ web = { }; }").test()).isEmpty();
        assertThat(evaluate("{ nodes.web = { }; }").test()).isEmpty();
    }

    @Test
    void bothEvaluationsOfAFileAreRemembered() throws IOException {
        var file = write("{ name = \"t\"; nodes.web = { }; testScript = \"${./network.nix}\"; }");

        var plain = evaluator().evaluate(file, INDEX, GuestArchitecture.X86_64, Detail.SCREEN, minute());
        var tested = evaluate(file);
        evaluator().prune(minute());

        assertThat(evaluator().remembered(file, NetworkPart.ALL).orElseThrow().network())
                .isEqualTo(plain.network());
        var remembered = evaluator().remembered(file, NetworkPart.ALL.andTest()).orElseThrow();
        assertThat(remembered.network()).isEqualTo(tested.network());
        assertThat(remembered.test()).isEqualTo(tested.test());
        assertThat(tested.test()
                        .orElseThrow()
                        .onHost(tested.test().orElseThrow().text())
                        .orElseThrow())
                .exists();
    }

    @Test
    void aPathThatNobodyHasIsNothingButText() throws IOException {
        var path = "/nix/store/0000000000000000000000000000000b-no-file";
        var evaluation = evaluate("{ name = \"t\"; nodes.web = { }; testScript = \"x = '" + path + "'\"; }");

        assertThat(evaluation.test().orElseThrow().text()).contains(path);
        assertThat(evaluation.test().orElseThrow().onHost(path)).isEmpty();
        assertThat(evaluation.network().machines().get(0).configuration().store())
                .isEmpty();
    }

    @Test
    void theOnlyTestOfAFileNeedsNoName() throws IOException {
        var text = "let makeTest = import ./make-test-python.nix; in"
                + " { only = makeTest { name = \"t\"; nodes.web = { }; testScript = \"web.start()\"; }; }";

        assertThat(evaluate(text).test().orElseThrow().text()).isEqualTo("web.start()");
    }

    @Test
    void theListOfAllTestsIsAFileOfTests() throws IOException {
        Files.writeString(lab.resolve("web.nix"), """
                import ./make-test-python.nix ({ pkgs, port, ... }:
                  { name = "t"; nodes.web = { }; testScript = "${toString port}"; })
                """);
        Files.writeString(lab.resolve("db.nix"), "{ name = \"db\"; nodes.db = { }; testScript = \"\"; }");
        // As the list in nixpkgs: it calls what it is given, and its framework, by itself.
        var file = write("""
                { system, pkgs, callTest }:
                let
                  discover = value:
                    if builtins.isAttrs value then (if value ? test then callTest value else builtins.mapAttrs (_: discover) value)
                    else if builtins.isFunction value then discover (value { inherit system pkgs; })
                    else value;
                  handleTest = path: arguments: discover (import path ({ inherit system pkgs; } // arguments));
                  runTest = module: ((import ../lib/testing-python.nix { inherit system pkgs; }).evalTest
                    { imports = [ module ]; }).config.result;
                in
                { web = handleTest ./web.nix { port = 80; }; db = runTest ./db.nix; }
                """);

        assertThat(part(file, "web").test().orElseThrow().text()).isEqualTo("80");
        assertThat(part(file, "db").network().names()).containsExactly("db");
    }

    @Test
    void oneOfSeveralIsChosen() throws IOException {
        var file = write("""
                { runTest, lib, ... }:
                {
                  one = runTest { name = "one"; nodes.a = { }; testScript = "1"; };
                  more = lib.recurseIntoAttrs { "2.0" = { pkgs, ... }: runTest { name = "two"; nodes.b = { }; testScript = "2"; }; };
                  network = { c = { }; };
                }
                """);

        assertThat(part(file, "one").test().orElseThrow().text()).isEqualTo("1");
        assertThat(part(file, "more", "2.0").test().orElseThrow().name()).isEqualTo("two");
        assertThat(part(file, "network").network().names()).containsExactly("c");
        var failure = catchThrowableOfType(LabException.class, () -> part(file, "more", "3"));
        assertThat(failure).hasMessage("there is no `more.\"3\"` in the file");
        assertThat(failure.place()).isEqualTo(file.toString());
        assertThat(failure.hint()).isEqualTo("it has 2.0, recurseForDerivations");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            { name = "t"; nodes.web = { }; testScript = { nodes, ... }: nodes.web.networking.adress; } | :1:61 | the option `networking.adress` is not supported by Debian guests | `options` in the shell lists the options there are
            { name = "t"; nodes.web = { }; testScript = 3; }      | :1:32 | `testScript` must be a text, or a function that gives one, not the number 3 | -
            { name = "t"; nodes.web = { }; tsetScript = ""; testScript = ""; } | :1:32 | unknown option `tsetScript` | did you mean `testScript`?
            { name = "t"; nodes = { }; testScript = ""; }         | -     | the network has no machines | write { NAME = { pkgs, ... }: { ... }; }
            { name = "t"; nodes."a b" = { }; testScript = ""; }   | :1:15 | machine name "a b" cannot be a host name | use letters, digits, hyphens, underscores, and dots before a domain, with a letter or digit at both ends of each part, and at most 63 of all
            { name = "t"; nodes.web.services.htpd = { }; testScript = ""; } | :1:15 | unknown option `services.htpd` | did you mean `services.httpd`?
            { name = "t"; nodes.web = { }; testScript = { nodes, ... }: "${nodes.web.system.build.toplevel}"; } | :1:45 | machine `web` has no `system.build.toplevel`: Debian guests are not made of one package | --guest nixos has it
            { name = "t"; nodes.web = { }; testScript = "${derivation { name = "x"; system = "x86_64-linux"; builder = "/b"; }}"; } | :1:32 | ~the script names what Nix would have to build: DRV~ | Debian guests have files (./file, builtins.toFile) and packages (pkgs.NAME)
            { testers }: { a = testers.runNixOSTest { }; b.c = testers.runNixOSTest { }; } | - | the file holds 2 tests | choose one: network.nix#a, network.nix#b.c
            """)
    void whatIsWrongIsSaidWithItsPlace(String text, String place, String message, String hint) throws IOException {
        var file = write(text);

        var failure = catchThrowableOfType(LabException.class, () -> evaluate(file));

        assertThat(failure.getMessage().replaceAll("/nix/store/\\S+\\.drv", "DRV"))
                .isEqualTo(message);
        assertThat(failure.place()).isEqualTo(file + (place == null ? "" : place));
        assertThat(failure.hint()).isEqualTo(hint == null ? "" : hint);
    }

    private Evaluation evaluate(String text) throws IOException {
        return evaluate(write(text));
    }

    private Evaluation evaluate(Path file) {
        return evaluator()
                .evaluate(file, NetworkPart.ALL.andTest(), INDEX, GuestArchitecture.X86_64, Detail.SCREEN, minute());
    }

    private Evaluation part(Path file, String... attribute) {
        var part = new NetworkPart(List.of(attribute), true);
        return evaluator().evaluate(file, part, INDEX, GuestArchitecture.X86_64, Detail.SCREEN, minute());
    }

    private NetworkEvaluator evaluator() {
        return new NetworkEvaluator(home.resolve("cache"), Map.of());
    }

    private Path write(String text) throws IOException {
        return Files.writeString(lab.resolve("network.nix"), text);
    }

    private static Deadline minute() {
        return Deadline.in(Duration.ofMinutes(1));
    }
}
