package org.nixlab.nix.debian;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.model.Network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The forms of files that hold networks for Debian guests. */
@Timeout(60)
class NetworkFormsIT {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ web.environment.systemPackages = [ (import <nixpkgs> { }).lynx ]; }",
                "{ pkgs }: { web.environment.systemPackages = [ pkgs.lynx ]; }",
                "{ lynx, name ? \"web\", ... }: { ${name}.environment.systemPackages = [ lynx ]; }",
                "with import <nixpkgs/lib>; genAttrs [ \"web\" ] (name: { pkgs, ... }:"
                        + " { environment.systemPackages = [ pkgs.lynx ]; })",
                "{ web = { modulesPath, pkgs, ... }: { imports = [ (modulesPath + \"/profiles/qemu-guest.nix\") ];"
                        + " environment.systemPackages = [ pkgs.lynx ]; }; }",
                "{ web = { imports = [ <nixpkgs/nixos/modules/profiles/minimal.nix> ./nixos/modules/profiles/headless.nix"
                        + " ./part.nix ]; }; }",
                "let pkgs = import <nixpkgs> { overlays = [ (final: prev: { browser = prev.lynx; }) ]; }; in"
                        + " { web.environment.systemPackages = [ pkgs.browser ]; }",
                "{ config, ... }: { name = \"browse\"; testScript = \"\";"
                        + " nodes.web.environment.systemPackages = [ config.node.pkgs.lynx ]; }",
                "{ pkgs, makeTest }: pkgs.lib.recurseIntoAttrs { browse = makeTest { name = \"browse\"; testScript = \"\";"
                        + " nodes.web.environment.systemPackages = [ pkgs.lynx ]; }; passthru.other = _: { }; }",
            })
    void packagesAndLibraryAreNixlabsOwn(String text) throws IOException {
        Files.writeString(
                home.resolve("part.nix"), "{ environment.systemPackages = [ (import <nixpkgs> { }).lynx ]; }");
        var file = Files.writeString(home.resolve("network.nix"), text);

        var network = evaluate(file);

        assertThat(network.names()).containsExactly("web");
        assertThat(network.machines().get(0).configuration().packages()).contains("lynx");
    }

    @Test
    void aSetThatHoldsNoTestIsNoNetwork() throws IOException {
        var file = Files.writeString(
                home.resolve("network.nix"), "{ pkgs }: pkgs.lib.recurseIntoAttrs { passthru.other = _: { }; }");

        assertThatThrownBy(() -> evaluate(file)).hasMessage("the file holds no test");
    }

    @Test
    void aFunctionThatGivesAPackageIsNoConfiguration() throws IOException {
        var file =
                Files.writeString(home.resolve("network.nix"), "{ writeScriptBin }: writeScriptBin \"hi\" \"echo hi\"");

        assertThatThrownBy(() -> evaluate(file))
                .hasMessage("the file is the package hi, which says nothing of machines any more");
    }

    private Network evaluate(Path file) {
        return new WrittenNetworks(home).evaluate(file).network();
    }
}
