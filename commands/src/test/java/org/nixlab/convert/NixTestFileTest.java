package org.nixlab.convert;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NixTestFileTest {
    @Test
    void nothingOfAScriptLeavesItsComment() {
        var conversion = Converted.nix("""
                { testScript = ''
                  start_all()
                  web.succeed("cat ${pkgs.writeText "x" '''
                    one
                  '''}")
                  output = web.succeed(
                    "a"
                  ${pkgs.writeText "x" "
                    two
                  "}
                ''; }
                """.replace("'''", "''"));

        assertThat(conversion.scenario().lines().map(String::strip).filter(line -> line.matches("(one|two).*|[\"}].*")))
                .isEmpty();
        assertThat(conversion.left()).noneMatch(left -> left.reason().contains("\n"));
    }

    @Test
    void aScriptIsCutOutOfItsFile() {
        var file = """
                { pkgs, ... }: {
                  # testScript = "not this one";
                  nodes.machine = { };
                  testScript = ''
                    start_all()
                    if True:
                        machine.succeed("a")
                  '';
                }
                """;

        assertThat(Converted.nix(file).scenario()).isEqualTo("run()\nif (true) {\n    machine.succeed('a')\n}\n");
        assertThat(new NixTestFile(file).scripts().get(0).line()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ testScript = { nodes, ... }: ''x = 1''; }",
                "{ testScript = let a = { b = 1; }; in with a; ''x = 1''; }",
                "{ testScript = \"x = 1\"; }",
                "import ./make-test-python.nix ({ lib, ... }: { testScript = (''x ='' + '' 1''); })",
            })
    void scriptsAreFoundBehindHeads(String file) {
        assertThat(Converted.nix(file).scenario()).isEqualTo("x = 1\n");
    }

    @Test
    void filesWithoutATextHaveNoScript() {
        assertThat(new NixTestFile("{ testScript = builtins.readFile ./x.py; }").scripts())
                .isEmpty();
        assertThat(new NixTestFile("{ a = \"testScript = ''x''\"; }").scripts()).isEmpty();
    }

    /** Wherever a file ends, somebody may have been typing. */
    @Test
    void halfAFileIsNoProblem() {
        var file = "let a = \"${x}\"; in { testScript = { nodes }: ''m.succeed(\"${a} ''${b} \\\" {\")\nif ''; }";
        for (int end = 0; end < file.length(); end++) {
            for (var script : new NixTestFile(file.substring(0, end)).scripts()) {
                assertThat(new Converter(List.of(), true)
                                .convert(script.python())
                                .scenario())
                        .isNotNull();
            }
        }
    }

    @Test
    void escapesOfNixAreUndone() {
        assertThat(Converted.nix("{ testScript = ''x = \"''${HOME} $$ ''' ''\\t\"''; }")
                        .scenario())
                .isEqualTo("x = '${HOME} $$ \\'\\' \\t'\n");
    }

    @Test
    void constantsArePutIn() {
        var conversion = Converted.nix("""
                let
                  user = "alice";
                  port = 8080;
                  url = "http://localhost:${toString port}";
                in {
                  testScript = ''
                    x = "${user} ${url} ${"y"}"
                    m${toString 1}.wait_for_open_port(${toString port})
                  '';
                }
                """);

        assertThat(conversion.scenario())
                .isEqualTo("x = 'alice http://localhost:8080 y'\nm1.start()\nm1.waitForOpenPort(8080)\n");
        assertThat(conversion.left()).isEmpty();
    }

    @Test
    void textsWithAntiquotationsArePutInAsWell() {
        assertThat(Converted.nix(
                                "let bin = \"${pkgs.x}/bin\"; in { testScript = ''m.start()\n  m.succeed(\"${bin}/y\")''; }")
                        .scenario())
                .endsWith("m.succeed(\"${nix_pkgs_x}/bin/y\")\n");
    }

    @Test
    void whatOnlyNixKnowsIsAVariable() {
        var conversion = Converted.nix("""
                {
                  testScript = ''
                    start_all()
                    m.succeed("${pkgs.curl}/bin/curl a")
                    m.succeed("${pkgs.curl}/bin/curl b")
                    m.wait_for_open_port(${toString cfg.port})
                  '';
                }
                """);

        assertThat(conversion.scenario()).isEqualTo("""
                // TODO: set what Nix filled in:
                // nix_pkgs_curl = '...' // ${pkgs.curl}
                // nix_cfg_port = '...' // ${toString cfg.port}

                run()
                m.succeed("${nix_pkgs_curl}/bin/curl a")
                m.succeed("${nix_pkgs_curl}/bin/curl b")
                m.waitForOpenPort(nix_cfg_port)
                """);
        assertThat(conversion.left())
                .containsExactly(
                        new Conversion.Left(4, 0, "Nix fills in ${pkgs.curl}: set nix_pkgs_curl in the scenario"),
                        new Conversion.Left(
                                6, 0, "Nix fills in ${toString cfg.port}: set nix_cfg_port in the scenario"));
    }

    @Test
    void addressesAreThoseOfMachines() {
        assertThat(Converted.nix("""
                { testScript = { nodes, ... }: ''
                    a = "${nodes.web.networking.primaryIPAddress}"
                    b = "${(builtins.head nodes.web-1.networking.interfaces.eth1.ipv4.addresses).address}:80"
                  ''; }
                """).scenario())
                .isEqualTo("a = \"${web.address}\".toString()\nb = \"${web_1.address}:80\".toString()\n");
    }

    @Test
    void settingsOfMachinesAreAskedFor() {
        assertThat(Converted.nix("""
                { testScript = { nodes, ... }: ''
                    web.succeed("ls ${nodes.web.system.build.toplevel}/bin")
                    web.wait_for_open_port(${toString nodes.web-1.config.services."a.b".port})
                  ''; }
                """).scenario()).isEqualTo("""
                web.start()
                web.succeed("ls ${web.config('system.build.toplevel')}/bin")
                web.waitForOpenPort(web_1.config('services."a.b".port'))
                """);
    }

    @Test
    void statementsOfNixAreLeft() {
        var conversion = Converted.nix("{ testScript = ''\n  ${common}\n  x = 1\n  server${i}.succeed(\"a\")\n''; }");

        assertThat(conversion.scenario()).isEqualTo("""
                // TODO: statements that Nix fills in are not known: ${common}
                x = 1
                // TODO: what Nix makes of 'server${i}' has no counterpart: server${i}.succeed("a")
                """);
        assertThat(conversion.left()).extracting(Conversion.Left::line).containsExactly(2, 4);
    }

    @Test
    void placesAreThoseOfTheFile() {
        var conversion = Converted.nix("{\n  testScript = ''\n    x = 1\n    y = = 2\n  '';\n}\n");

        assertThat(conversion.left().get(0).place()).isEqualTo("4:9");
    }

    @Test
    void theOnlyMachineIsAlsoCalledMachine() {
        assertThat(Converted.nix("{ nodes.web = { }; testScript = ''machine.start()''; }")
                        .scenario())
                .isEqualTo("machine = machines[0]\n\nmachine.start()\n");
        assertThat(Converted.nix("{ nodes.machine = { }; testScript = ''machine.start()''; }")
                        .scenario())
                .isEqualTo("machine.start()\n");
    }
}
