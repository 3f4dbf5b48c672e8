package org.nixlab.nix.debian;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nixlab.base.Deadline;
import org.nixlab.base.Detail;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.nix.NetworkPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What the user reads when a network file is wrong: all of it, word for word. */
class BadNetworksIT {
    private static final Path NETWORKS = Path.of("src/test/networks").toAbsolutePath();
    private static final Path BAD = NETWORKS.resolve("bad");

    private static final String BUILD =
            "name a package of Debian, write a script (pkgs.writeShellScriptBin) or a text (pkgs.writeText), or build it"
                    + " before and name the file (./FILE)";

    @TempDir
    static Path cache;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "-", textBlock = """
            syntax-error.nix:4:27         | syntax error: unexpected '=', expecting ';' | is a ; missing before this place?
            option-not-supported.nix:3:62 | the option `services.grafana.port` is not supported by Debian guests | `options` in the shell lists the options there are
            host-name-with-blank.nix:2:11 | option `networking.hostName` wants letters, digits, hyphens and underscores, with a letter or digit at both ends, not the string "my web" | -
            needs-a-build.nix:3:58        | `x` is to be built by `pkgs.buildGoModule`, which Debian guests cannot have done | BUILD
            derivation.nix:3:69           | `tool` is to be built by `pkgs.clangStdenv.mkDerivation`, which Debian guests cannot have done | BUILD
            fetched-source.nix:3:48       | https://example.invalid/x is to be fetched by `pkgs.fetchurl`, which Debian guests cannot have done | Nix itself can fetch: builtins.fetchurl, builtins.fetchTarball, builtins.fetchGit; or take a copy: ./FILE
            empty.nix                     | the network has no machines | write { NAME = { pkgs, ... }: { ... }; }
            not-a-set.nix                 | a network file must hold a set of machines, not a list of 2 | write { NAME = { pkgs, ... }: { ... }; }
            host-name.nix:2:3             | machine name "web_" cannot be a host name | use letters, digits, hyphens, underscores, and dots before a domain, with a letter or digit at both ends of each part, and at most 63 of all
            one-address.nix               | machines `db` and `web` have one address, 192.168.1.10, on VLAN 1 | give one of them another in `networking.interfaces.<name>.ipv4.addresses`
            unknown-option.nix:3:5        | unknown option `services.htpd` | did you mean `services.httpd`?
            wrong-type.nix:3:5            | option `services.openssh.enable` wants a boolean, not the string "yes" | -
            missing-package.nix:3:36      | there is no package 'lynxx' | did you mean 'pkgs.lynx'?
            missing-package-with.nix:5:7  | there is no package and no variable 'lynxx' | did you mean 'lynx'?
            foreign-package.nix:4:36      | there is no package 'chromium' | there is one, but not for the architecture of this machine
            undefined-variable.nix:3:27   | 'webName' is not defined | -
            missing-import.nix:3:18       | BAD/nowhere.nix does not exist | -
            missing-module.nix            | Debian guests do not have the module services/video/nothing.nix of NixOS | `options` in the shell lists the options there are
            missing-source.nix:3:38       | BAD/nowhere.txt does not exist | -
            missing-argument.nix          | a module asks for the argument `nixpkgs`, which nobody supplies | modules are given config, options, lib, pkgs, name, nodes, modulesPath and what `_module.args` holds
            needs-nixpkgs.nix:2:17        | <nixpkgs/pkgs/top-level> was not found | Debian guests need no nixpkgs: pkgs and lib are arguments of each machine; for your own files write ./FILE, or set NIX_PATH
            missing-value.nix:4:5         | option `services.bind.zones."example.net".file` is used but has no value | set it: it wants a string or an absolute path
            wrong-type-in-list.nix:3:5    | option `networking.firewall.allowedTCPPorts.*` wants a port (0 to 65535), not the string "443" | -
            wrong-type-of-group.nix:3:5   | `services.openssh` is a group of options and wants a set, not the boolean true | -
            unknown-option-in-submodule.nix:4:5 | unknown option `services.httpd.virtualHosts."www.example.net".documentRot` | did you mean `services.httpd.virtualHosts."www.example.net".documentRoot`?
            config-beside-options.nix:4:5 | a module with `config` or `options` cannot set `services` beside them | move `services` into `config`
            one-host-name-twice.nix:2:3   | machines `test1` and `test2` are both called "same" | give `test1` another name in `deployment.hostname` or `networking.hostName`
            host-name-of-another.nix:3:3  | machines `a` and `b` are both called "A" | give `b` another name in `deployment.hostname` or `networking.hostName`
            name-of-another.nix:2:3       | machines `a` and `b` are both called "b" | give `a` another name in `deployment.hostname` or `networking.hostName`
            names-alike.nix:3:3           | machines `Web` and `web` differ in nothing but capitals, which host names do not know | take another name for one of them
            name-localhost.nix:1:3        | no machine can be called "localhost": every host calls itself so | take another name
            hostname-localhost.nix:1:3    | machine `a`: `deployment.hostname` cannot be "localhost" | take a name that is this machine's alone
            vlan-too-high.nix:3:5         | option `virtualisation.vlans.*` wants an integer between 0 and 255, not the number 256 | -
            one-file-twice.nix            | machine `test1`: two definitions of the file /etc/same | -
            file-without-content.nix      | machine `test1`: `environment.etc."motd"` has neither text nor source | -
            unknown-system.nix            | machine `test1`: `nixpkgs.system` is "aarch64-linux"; Debian guests are "x86_64-linux" or "i686-linux" | -
            failed-assertion.nix          | machine `test1`: user `alice` must be either a normal or a system user: set `users.users.alice.isNormalUser` or `isSystemUser` | -
            """)
    void messageHelps(String place, String message, String hint) {
        var failure = failure(BAD.resolve(place.replaceFirst(":.*", "")), Detail.SCREEN);

        assertThat(failure.getMessage().replace(BAD.toString(), "BAD")).isEqualTo(message);
        assertThat(failure.place()).isEqualTo(BAD + "/" + place);
        assertThat(failure.hint()).isEqualTo(hint == null ? "" : hint.replace("BUILD", BUILD));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BUILD_FAILED);
    }

    @Test
    void allMistakesAreToldAtOnce() {
        var failure = failure(BAD.resolve("many-mistakes.nix"), Detail.SCREEN);

        assertThat(failure.getMessage().replace(BAD.toString(), "BAD")).isEqualTo("""
                3 unknown options
                  BAD/many-mistakes.nix
                    2:14  `services.loki`
                    7:46  `users.users.bob.isNormalUsr` (did you mean `users.users.bob.isNormalUser`?)
                    12:5  `qt5`
                2 other mistakes
                  BAD/many-mistakes.nix
                    11:5  option `services.openssh.enable` wants a boolean, not the string "yes"
                    13:36  there is no package 'lynxx' (did you mean 'pkgs.lynx'?)""");
        assertThat(failure.place()).isEmpty();
        assertThat(failure.hint()).isEqualTo("`options` in the shell lists the options there are");
    }

    @Test
    void whatTheFileIsCalledWithHoldsForAllMistakes() {
        var part = NetworkPart.ALL.calledWith("{ domain = \"example.net\"; }");

        var failure = failure(BAD.resolve("mistakes-behind-an-argument.nix"), part, Detail.SCREEN);

        assertThat(failure.getMessage().lines()).startsWith("2 unknown options").hasSize(4);
    }

    @Test
    void nixlabsOwnFilesAreNobodysPlace() {
        var failure = failure(BAD.resolve("framework.nix"), Detail.SCREEN);

        assertThat(failure.getMessage().replace(BAD.toString(), "BAD"))
                .startsWith("5 unknown options\n  BAD/framework.nix\n    `evalTest`\n");
    }

    @Test
    void sourceThatCannotBeReachedIsNamed() {
        var failure = failure(BAD.resolve("unreachable-source.nix"), Detail.SCREEN);

        assertThat(failure.getMessage()).startsWith("could not fetch file:///nowhere/mods.git: ");
        assertThat(failure.place()).startsWith(BAD + "/unreachable-source.nix:");
    }

    /** Versions of Nix differ in the column. */
    @Test
    void infiniteRecursionIsPlacedInTheFile() {
        var failure = failure(BAD.resolve("infinite-recursion.nix"), Detail.SCREEN);

        assertThat(failure).hasMessage("infinite recursion");
        assertThat(failure.place()).startsWith(BAD + "/infinite-recursion.nix:3:");
        assertThat(failure.hint())
                .isEqualTo("a value may not depend on itself: `imports`, and an `if` around options, cannot use the"
                        + " `config` they contribute to; `lib.mkIf` can");
    }

    /** Newer versions of Nix add the value. */
    @Test
    void typeErrorOfTheLanguageKeepsTheWordsOfNix() {
        var failure = failure(BAD.resolve("nix-type-error.nix"), Detail.SCREEN);

        assertThat(failure.getMessage()).startsWith("cannot coerce an integer to a string");
        assertThat(failure.place()).isEqualTo(BAD + "/nix-type-error.nix:3:35");
    }

    @Test
    void pathThatNobodyBuiltIsNamed() {
        var failure = failure(BAD.resolve("unbuilt-path.nix"), Detail.SCREEN);

        assertThat(failure)
                .hasMessage("the configuration mentions /nix/store/gk6jw5gh2f9ybn1h3zp5lx2kd0arv2vx-hello-2.12,"
                        + " which does not exist");
        assertThat(failure.hint()).startsWith("Debian guests have files (./file, builtins.toFile) and packages");
    }

    @Test
    void missingFileNamesItsNeighbours() {
        var failure = failure(BAD.resolve("host-nam.nix"), Detail.SCREEN);

        assertThat(failure).hasMessage(BAD + "/host-nam.nix does not exist");
        assertThat(failure.hint()).isEqualTo("did you mean host-name.nix?");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void directoryNamesTheFilesInIt() {
        var failure = failure(BAD, Detail.SCREEN);

        assertThat(failure).hasMessage(BAD + " is a directory, not a network file");
        assertThat(failure.hint()).startsWith("name a file in it: config-beside-options.nix ");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void traceIsShownOnRequest() {
        var failure = failure(BAD.resolve("wrong-type.nix"), Detail.TRACE);

        assertThat(failure.getMessage())
                .startsWith("option `services.openssh.enable` wants a boolean, not the string \"yes\"\nerror:")
                .contains("… while")
                .doesNotContain("evaluating file '");
    }

    private static LabException failure(Path file, Detail detail) {
        return failure(file, NetworkPart.ALL, detail);
    }

    private static LabException failure(Path file, NetworkPart part, Detail detail) {
        var evaluator = new NetworkEvaluator(cache, System.getenv());
        return catchThrowableOfType(
                LabException.class,
                () -> evaluator.evaluate(
                        file,
                        part,
                        NETWORKS.resolve("package-index.json"),
                        GuestArchitecture.X86_64,
                        detail,
                        Deadline.in(Duration.ofMinutes(1))));
    }
}
