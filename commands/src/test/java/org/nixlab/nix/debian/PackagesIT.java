package org.nixlab.nix.debian;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.base.Deadline;
import org.nixlab.nix.Expressions;
import org.nixlab.nix.plan.Json;
import org.nixlab.nix.plan.PrivateStore;

import static org.assertj.core.api.Assertions.assertThat;

/** Which of Debian's packages the names of nixpkgs stand for. */
class PackagesIT {
    private static JsonNode packages;

    @BeforeAll
    static void evaluate(@TempDir Path cache) {
        var words = new ArrayList<>(Expressions.words("src/test/nix/packages.nix"));
        words.addAll(
                List.of("--argstr", "expressions", Expressions.unpack(cache).toString()));
        var result = new NixProgram(new PrivateStore(cache.resolve("store")), System.getenv())
                .run("nix-instantiate", words, Deadline.in(Duration.ofMinutes(1)));

        assertThat(result.succeeded()).as(result.err()).isTrue();
        packages = Json.tree(result.output());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            bind.dnsutils,                bind9-dnsutils
            bind.all,                     bind9 bind9-utils bind9-dnsutils bind9-host
            libressl.nc,                  netcat-openbsd
            bash.dev,                     bash
            lynx.dev,                     lynx-dev lynx
            openssl.dev,                  libssl-dev openssl
            openssl.out.bin,              openssl
            zlib,                         zlib1g
            getDev zlib,                  zlib1g-dev zlib1g
            glib.dev,                     libglib2.0-dev
            firefox,                      firefox-esr
            postgresql_11,                postgresql-15
            mako,                         mako-notifier
            gnomeExtensions.arc-menu,     gnome-shell-extension-arc-menu
            extended,                     lynx
            killall,                      psmisc
            gitAndTools.gitFull,          git
            xorg.xeyes,                   x11-apps
            python3Packages.kafka-python, python3-kafka
            withPackages,                 python3 python3-openssl
            """)
    void nameStandsFor(String name, String debian) {
        assertThat(debianPackages(name)).isEqualTo(debian);
    }

    /** Debian has other programs by these names. */
    @Test
    void whatNixpkgsMeansIsInstalled() {
        assertThat(debianPackages("slurm")).isEqualTo("slurm-wlm slurm-client");
        assertThat(debianPackages("iperf")).isEqualTo("iperf3");
        assertThat(debianPackages("iperf2")).isEqualTo("iperf");
    }

    @Test
    void whatDebianDoesNotHaveInstallsNothing() {
        assertThat(debianPackages("terraform")).isEmpty();
    }

    @Test
    void interpreterInTheFirstLineOfAScriptIsInstalled() {
        assertThat(packages.get("interpreter").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta", "buildGoModule", "buildImage"})
    void whatDebianGuestsCannotHaveFails(String name) {
        assertThat(packages.get(name).asBoolean()).isFalse();
    }

    private static String debianPackages(String name) {
        var found = new ArrayList<String>();
        packages.get(name).forEach(each -> found.add(each.asText()));
        return String.join(" ", found);
    }
}
