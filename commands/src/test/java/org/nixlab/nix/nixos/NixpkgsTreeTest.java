package org.nixlab.nix.nixos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which tree is taken, where no Nix needs to be asked, and which Nix it needs. */
final class NixpkgsTreeTest {
    @TempDir
    private Path directory;

    @Test
    void theVariableOfTheTreeNamesIt() throws IOException {
        var tree = tree("a");

        assertThat(find(Map.of("NIXPKGS_ALL", tree.toString()))).isEqualTo(new NixpkgsTree(tree, "NIXPKGS_ALL"));
    }

    @Test
    void theVariableOfNixosNamesTheTreeAroundIt() throws IOException {
        var tree = tree("a");
        var link = Files.createSymbolicLink(directory.resolve("link"), tree.resolve("nixos"));

        assertThat(find(Map.of("NIXOS", tree + "/nixos/"))).isEqualTo(new NixpkgsTree(tree, "NIXOS"));
        assertThat(find(Map.of("NIXOS", link.toString()))).isEqualTo(new NixpkgsTree(tree, "NIXOS"));
    }

    @Test
    void whatIsNamedCountsMoreThanVariables() throws IOException {
        var named = tree("named");
        var environment = Map.of("NIXPKGS_ALL", tree("a").toString(), "NIXOS", "/nowhere");

        assertThat(NixpkgsTree.find(
                        Optional.of(named.toString()), environment, new HostNix(environment, List.of()), second()))
                .contains(new NixpkgsTree(named, "--nixpkgs"));
    }

    @Test
    void bothVariablesMayNameOneTree() throws IOException {
        var tree = tree("a");

        assertThat(find(Map.of("NIXPKGS_ALL", tree.toString(), "NIXOS", tree + "/nixos"))
                        .directory())
                .isEqualTo(tree);
    }

    @Test
    void variablesThatNameTwoTreesAreRefused() throws IOException {
        var one = tree("one");
        var other = tree("other");

        refused(
                Map.of("NIXPKGS_ALL", one.toString(), "NIXOS", other + "/nixos"),
                "NIXOS is not the directory nixos of the tree that NIXPKGS_ALL names: " + other + "/nixos",
                "unset one of them, or name the tree with --nixpkgs");
    }

    @Test
    void aTreeInThePlaceOfItsNixosIsRecognised() throws IOException {
        var tree = tree("a");

        refused(
                Map.of("NIXOS", tree.toString()),
                tree + " is a whole nixpkgs tree, and NIXOS names the directory nixos in one",
                "set NIXOS=" + tree + "/nixos, or NIXPKGS_ALL=" + tree);
    }

    @Test
    void aDirectoryThatIsNoPartOfATreeIsRefused() throws IOException {
        for (var wrong : List.of("/nowhere/nixos", "/", tree("a") + "/pkgs")) {
            refused(
                    Map.of("NIXOS", wrong),
                    wrong + " is not the directory nixos of a nixpkgs tree",
                    "set NIXOS=/path/to/nixpkgs/nixos, or NIXPKGS_ALL=/path/to/nixpkgs");
        }
        refused(
                Map.of("NIXPKGS_ALL", "/nowhere"),
                "/nowhere is no nixpkgs tree",
                "a directory is wanted that has nixos/ and pkgs/ in it");
    }

    @Test
    void eachVariableMayNameATree() {
        for (var variable : List.of("NIXPKGS_ALL", "NIXOS", "NIX_PATH")) {
            assertThat(NixpkgsTree.mayBeNamed(Map.of(variable, "/somewhere")))
                    .as(variable)
                    .isTrue();
        }
    }

    @Test
    void theNixATreeNeedsIsInOneOfTwoFiles() throws IOException {
        var minver = new NixpkgsTree(tree("minver"), "");
        Files.writeString(minver.directory().resolve("lib/minver.nix"), "# the oldest\n\"2.3.17\"\n");
        var features = new NixpkgsTree(tree("features"), "");
        Files.writeString(
                features.directory().resolve("lib/minfeatures.nix"),
                "{ description = \"`x` reports at least 2.18\"; c = builtins.compareVersions \"2.18\" v != 1; }");

        minver.requireNix("2.3.17");
        minver.requireNix("2.10.1");
        features.requireNix("2.18");
        new NixpkgsTree(tree("old"), "").requireNix("1.0");
        needs(minver, "2.3.16", "nixpkgs 26.11 needs Nix 2.3.17 or newer, and this is Nix 2.3.16");
        needs(features, "2.8.0", "nixpkgs 26.11 needs Nix 2.18 or newer, and this is Nix 2.8.0");
    }

    private static void needs(NixpkgsTree tree, String version, String message) {
        assertThatThrownBy(() -> tree.requireNix(version)).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage(message);
            assertThat(e.exitCode()).isEqualTo(ExitCode.HOST_FAILED);
        });
    }

    private void refused(Map<String, String> environment, String message, String hint) {
        assertThatThrownBy(() -> find(environment)).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage(message);
            assertThat(e.hint()).isEqualTo(hint);
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        });
    }

    private NixpkgsTree find(Map<String, String> environment) {
        return NixpkgsTree.find(Optional.empty(), environment, new HostNix(environment, List.of()), second())
                .orElseThrow();
    }

    private static Deadline second() {
        return Deadline.in(Duration.ofSeconds(1));
    }

    private Path tree(String name) throws IOException {
        var tree = Files.createDirectory(directory.toRealPath().resolve(name));
        for (var file : List.of("nixos/lib/eval-config.nix", "pkgs/top-level/all-packages.nix", "lib/.version")) {
            Files.createDirectories(tree.resolve(file).getParent());
            Files.writeString(tree.resolve(file), "26.11\n");
        }
        return tree;
    }
}
