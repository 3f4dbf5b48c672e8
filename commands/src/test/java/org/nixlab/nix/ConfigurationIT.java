package org.nixlab.nix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.model.GuestArchitecture;
import org.nixlab.model.option.OptionDocument;
import org.nixlab.nix.debian.NetworkEvaluator;
import org.nixlab.nix.nixos.NixosEvaluator;
import org.nixlab.nix.nixos.NixosOptionsReader;
import org.nixlab.nix.nixos.SamplePrograms;
import org.nixlab.nix.nixos.SampleTree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Parts of evaluated configurations, and the options of a nixpkgs tree, with a real Nix. */
final class ConfigurationIT {
    private static final Path INDEX = Path.of("src/test/networks/package-index.json");

    @TempDir
    private Path directory;

    @Test
    void aPartOfADebianMachinesConfigurationIsData() throws IOException {
        write(
                "{ web = { pkgs, ... }: { services.httpd.enable = true; environment.systemPackages = [ pkgs.lynx ]; }; }");

        assertThat(debian("services", "httpd", "enable")).isEqualTo(true);
        assertThat(debian("networking", "hostName")).isEqualTo("web");
        assertThat(debian("environment", "systemPackages").toString()).contains("«derivation lynx");
        assertThat(names(debian("services", "httpd"))).contains("enable", "virtualHosts", "adminAddr");
        assertThat(names(debian())).contains("services", "networking", "boot");
    }

    @Test
    void whatIsNotThereIsAnErrorWithWhatMayHaveBeenMeant() throws IOException {
        write("{ web = { }; }");

        assertThatThrownBy(() -> debian("services", "htpd")).isInstanceOfSatisfying(LabException.class, e -> {
            assertThat(e).hasMessage("there is no `services.htpd` in the configuration of web");
            assertThat(e.hint()).isEqualTo("did you mean `services.httpd`?");
            assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
        });
        assertThatThrownBy(() -> debian("networking", "hostName", "x"))
                .hasMessage("`networking.hostName` of web is the string \"web\", nothing is in it");
    }

    @Test
    void aPartOfANixosMachinesConfigurationIsData() throws IOException {
        write(
                "{ web = { pkgs, ... }: { environment.systemPackages = [ pkgs.lynx ]; virtualisation.graphics = x: x; }; }");
        for (var tree : List.of(SampleTree.old(directory.resolve("1")), SampleTree.modern(directory.resolve("2")))) {
            assertThat(nixos(tree, "networking", "hostName")).isEqualTo("web");
            assertThat(nixos(tree, "virtualisation", "graphics")).isEqualTo("«function»");
            assertThat(nixos(tree, "environment", "systemPackages").toString()).contains("«derivation lynx»");
            assertThat(nixos(tree, "system", "build", "toplevel").toString())
                    .matches(tree.environment().get("NIX_STORE_DIR") + "/[0-9a-z]{32}-nixos-system-web");
            // An option without a value, among others that have one.
            assertThat(nixos(tree, "nixpkgs"))
                    .isInstanceOfSatisfying(
                            Map.class, set -> assertThat(set.get("pkgs")).isEqualTo("«not set»"));
            assertThatThrownBy(() -> nixos(tree, "networking", "hostNam"))
                    .hasMessage("there is no `networking.hostNam` in the configuration of web")
                    .isInstanceOfSatisfying(
                            LabException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE));
        }
    }

    @Test
    void whatHasNoValueHidesNothingBesideIt() throws IOException {
        write("{ web = { users.users = { a.type = throw \"none\"; c = { };"
                + " d = { type = \"derivation\"; name = throw \"none\"; }; }; }; }");
        var tree = SampleTree.modern(directory.resolve("1"));

        assertThat(nixos(tree, "users", "users"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("a", Map.of("type", "«not set»"))
                .containsEntry("c", Map.of())
                .containsEntry("d", "«derivation ?»");
        assertThat(nixos(tree, "users"))
                .extracting("users")
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("a", "«more»")
                .containsEntry("c", Map.of());
    }

    @Test
    void optionsOfATreeAreRememberedUntilItChanges() throws IOException {
        var tree = SampleTree.modern(directory.resolve("1"));

        assertThat(options(tree)).extracting(OptionDocument::name).contains("services.httpd.enable", "users.users");
        assertThat(options(tree))
                .filteredOn(option -> option.name().equals("virtualisation.memorySize"))
                .extracting(OptionDocument::defaultText)
                .containsExactly("384");

        var modules = tree.path().resolve("nixos/modules.nix");
        Files.writeString(modules, Files.readString(modules).replace("any 384", "any 512"));

        assertThat(options(tree))
                .filteredOn(option -> option.name().equals("virtualisation.memorySize"))
                .extracting(OptionDocument::defaultText)
                .containsExactly("512");
    }

    @Test
    void optionsInSetsAreNamedWithAPlaceholder() throws IOException {
        var tree = SampleTree.modern(directory.resolve("1"));
        var modules = tree.path().resolve("nixos/modules.nix");
        // As the types of nixpkgs tell what is in them.
        Files.writeString(
                modules,
                Files.readString(modules)
                        .replace(
                                "users.groups = mkOption { type = types.attrsOf types.raw;",
                                "users.groups = mkOption { type = types.attrsOf types.raw // { getSubOptions = prefix:"
                                        + " { gid = any 0 // { loc = prefix ++ [ \"<name>\" \"gid\" ]; }; }; };"));

        assertThat(options(tree)).extracting(OptionDocument::name).contains("users.groups.<name>.gid");
    }

    private List<OptionDocument> options(SampleTree tree) {
        return new NixosOptionsReader(directory.resolve("cache"), tree.environment())
                .read(Optional.of(tree.path().toString()), List.of(), minutes());
    }

    private Object debian(String... path) {
        return new NetworkEvaluator(directory.resolve("cache"), System.getenv())
                .show(network(), NetworkPart.ALL, INDEX, GuestArchitecture.X86_64, query(path), minutes());
    }

    private Object nixos(SampleTree tree, String... path) {
        return new NixosEvaluator(directory.resolve("cache"), tree.environment(), SamplePrograms.all())
                .show(tree.request(network()), query(path), minutes());
    }

    private static ConfigurationQuery query(String... path) {
        return new ConfigurationQuery("web", List.of(path), 2);
    }

    private static List<String> names(Object value) {
        return ((Map<?, ?>) value).keySet().stream().map(Object::toString).toList();
    }

    private void write(String network) throws IOException {
        Files.writeString(network(), network);
    }

    private Path network() {
        return directory.resolve("network.nix");
    }

    private static Deadline minutes() {
        return Deadline.in(Duration.ofMinutes(2));
    }
}
