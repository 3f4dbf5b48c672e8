package org.nixlab.nix;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nixlab.base.LabException;
import org.nixlab.model.Machine;
import org.nixlab.model.option.AttributePath;
import org.nixlab.nix.nixos.Flake;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Every form that a network file may have is the same network to both guest systems. */
@Timeout(60)
final class FormsIT {
    private static final Path FORMS = Path.of("src/test/networks/forms").toAbsolutePath();
    private static final String NO_ARGUMENTS = "";

    @TempDir
    private static Path directory;

    private static SampleTree modern;
    private static SampleTree old;

    @BeforeAll
    static void makeTrees() {
        modern = SampleTree.modern(directory.resolve("modern"));
        old = SampleTree.old(directory.resolve("old"));
    }

    /** Machines are named as in the file, and in brackets where their full name is another. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', emptyValue = "", nullValues = "-", textBlock = """
            hive/hive.nix                  | -                                      | a (a.example.net) b (b.example.org)
            hive/morph.nix                 | -                                      | web.example.org
            hive/nixops.nix                | -                                      | c (c.example.net) d (d.example.net)
            checks/containers.nix          | -                                      | box (box.box) web
            checks/roles.nix               | -                                      | client1 client2 server
            checks/interactive.nix         | -                                      | desk web (web.by.hand)
            checks/special.nix             | -                                      | web (web.example.net)
            checks/set.nix#plain           | -                                      | one
            checks/set.nix#more.walled     | -                                      | two
            modules/configuration.nix      | -                                      | alone (alone.example.net)
            modules/vm.nix                 | -                                      | vm
            modules/built.nix              | -                                      | built (built.example.net)
            checks/asks.nix                | { port = 80; }                         | web
            checks/machine.nix             | -                                      | machine (machine.example.net)
            checks/mixed.nix               | -                                      | web
            hive/flake-style.nix           | -                                      | c
            modules/list.nix               | -                                      | list (list.example.net)
            modules/lists.nix              | -                                      | web (web.example.net)
            modules/systems.nix            | -                                      | db (db.example.net) web (web.example.net)
            arguments.nix                  | { domain = "a"; }                      | web1 (web1.a)
            arguments.nix                  | { domain = "b"; count = 2; }           | web1 (web1.b) web2 (web2.b)
            names.nix                      | -                                      | all db.example.net db.example.org (base.example.org) in lab println status web_1
            flake/beside.nix               | -                                      | old web (web.example.net)
            """)
    void isTheSameNetworkToBothGuestSystems(String file, String arguments, String machines) {
        var said = arguments == null ? NO_ARGUMENTS : arguments;

        assertThat(described(debian(file, said))).as("Debian").isEqualTo(machines);
        assertThat(described(nixos(modern, file, said))).as("NixOS").isEqualTo(machines);
        assertThat(described(nixos(old, file, said))).as("older NixOS").isEqualTo(machines);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            modules/configuration.nix | the file is the configuration of one machine, which is called alone
            checks/containers.nix     | the containers of the test run as virtual machines: box
            names.nix                 | machine `lab`: in scripts `lab` is the lab; this machine is lab.machine('lab')
            """)
    void whatIsNotSeenAtOnceIsSaidInOneLine(String file, String note) {
        assertThat(debian(file, NO_ARGUMENTS).notes()).containsOnlyOnce(note);
        assertThat(nixos(modern, file, NO_ARGUMENTS).notes()).containsOnlyOnce(note);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', emptyValue = "", nullValues = "-", textBlock = """
            arguments.nix:2:3      | -                          | the network file wants the argument `domain`, which nobody supplies | nixlab load arguments.nix --argstr domain TEXT, or --arg domain EXPR for what is no text
            arguments.nix          | { domain = "a"; lot = 1; } | the network file takes no argument `lot`                            | it takes count, domain, lib, nodes, pkgs
            hive/hive.nix          | { domain = "a"; }          | the network file takes no argument `domain`                         | it takes none at all
            checks/asks.nix:2:45   | -                          | the network file wants the argument `port`, which nobody supplies   | nixlab load asks.nix --argstr port TEXT, or --arg port EXPR for what is no text
            checks/set.nix         | -                          | the file holds 2 tests                                              | choose one: set.nix#more.walled, set.nix#plain
            flake/flake.nix        | -                          | the file is a flake                                                 | name its directory, or one of its outputs: FORMS/flake#NAME
            """)
    void whatCannotBeLoadedIsSaidWithWhatToType(String place, String arguments, String message, String hint) {
        var file = place.replaceFirst(":.*", "");
        var said = arguments == null ? NO_ARGUMENTS : arguments;

        for (var failure : List.of(
                catchThrowableOfType(LabException.class, () -> debian(file, said)),
                catchThrowableOfType(LabException.class, () -> nixos(modern, file, said)))) {
            assertThat(failure).hasMessage(message);
            assertThat(failure.place()).isEqualTo(FORMS + "/" + place);
            assertThat(failure.hint().replace(FORMS.toString(), "FORMS")).isEqualTo(hint);
        }
    }

    @Test
    void interactiveMachinesAreNotThoseOfScripts() {
        var file = FORMS.resolve("checks/interactive.nix");

        for (var part : List.of(NetworkPart.ALL.andTest(), NetworkPart.ALL.forScript())) {
            assertThat(described(debian(file, part))).isEqualTo("web");
            assertThat(described(evaluations().nixos(modern, file, part, NO_ARGUMENTS)))
                    .isEqualTo("web");
            assertThat(described(evaluations().nixos(old, file, part, NO_ARGUMENTS)))
                    .isEqualTo("web");
        }
    }

    @Test
    void aFileIsRememberedByWhatItWasCalledWith() {
        var file = FORMS.resolve("arguments.nix");
        var one = NetworkPart.ALL.calledWith("{ domain = \"one\"; }");
        var two = NetworkPart.ALL.calledWith("{ domain = \"two\"; }");
        debian(file, one);
        debian(file, two);

        assertThat(described(evaluations().debian().remembered(file, one).orElseThrow()))
                .isEqualTo("web1 (web1.one)");
        assertThat(described(evaluations().debian().remembered(file, two).orElseThrow()))
                .isEqualTo("web1 (web1.two)");
    }

    /** Its input nixpkgs, which is not there, is nixlab's own. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nixosConfigurations         | db (db.example.net) web (web.example.net)
            nixosConfigurations.web     | web (web.example.net)
            browse                      | browser site
            checks.x86_64-linux.again   | browser site
            lab                         | one
            vm                          | vm (vm.example.net)
            mixed                       | web
            """)
    void anOutputOfAFlakeIsANetworkOfDebianGuests(String output, String machines) {
        assertThat(described(flake(output))).isEqualTo(machines);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            checks.x86_64-linux | the output checks.x86_64-linux of the flake holds 2 tests | choose one: FORMS/flake#checks.x86_64-linux.again, FORMS/flake#checks.x86_64-linux.browse
            text                | the output packages.x86_64-linux.text of the flake is the package lynx-2.9.0dev.12-1, which says nothing of machines any more | name what it is made of, or run it with --guest nixos
            nothing             | the flake FORMS/flake has no output `nothing` | it has checks, lab, mixed, nixosConfigurations, nixosModules, packages
            """)
    void anOutputThatIsNoneIsSaidWithItsFlake(String output, String message, String hint) {
        var failure = catchThrowableOfType(LabException.class, () -> flake(output));

        assertThat(failure.getMessage().replace(FORMS.toString(), "FORMS")).isEqualTo(message);
        assertThat(failure.place()).isEqualTo(FORMS + "/flake/flake.nix");
        assertThat(failure.hint().replace(FORMS.toString(), "FORMS")).isEqualTo(hint);
    }

    @Test
    void aFlakeChangesWithItsFilesAndItsLock() {
        assertThat(flake("nixosConfigurations").sources().files())
                .contains(
                        FORMS.resolve("flake/flake.nix"),
                        FORMS.resolve("flake/flake.lock"),
                        FORMS.resolve("flake/site.nix"),
                        FORMS.resolve("modules/flake.nix"));
    }

    private static Evaluation flake(String output) {
        var file = directory.resolve("outputs/" + output + "/flake.nix");
        Flake.at(FORMS.resolve("flake")).write(AttributePath.parse(output), file);
        return debian(file, NetworkPart.ALL);
    }

    private static Evaluation debian(String named, String arguments) {
        return debian(file(named), part(named).calledWith(arguments));
    }

    private static Evaluation debian(Path file, NetworkPart part) {
        return evaluations().debian(file, part);
    }

    private static SampleEvaluations evaluations() {
        return new SampleEvaluations(directory.resolve("cache"));
    }

    private static Evaluation nixos(SampleTree tree, String named, String arguments) {
        return evaluations().nixos(tree, file(named), part(named), arguments);
    }

    private static Path file(String named) {
        return FORMS.resolve(named.replaceFirst("#.*", ""));
    }

    private static NetworkPart part(String named) {
        int hash = named.indexOf('#');
        return hash < 0 ? NetworkPart.ALL : new NetworkPart(AttributePath.parse(named.substring(hash + 1)), false);
    }

    private static String described(Evaluation evaluation) {
        return evaluation.network().machines().stream().map(FormsIT::described).collect(Collectors.joining(" "));
    }

    private static String described(Machine machine) {
        var full = machine.identity().fqdn();
        return full.equals(machine.name()) ? full : machine.name() + " (" + full + ")";
    }
}
