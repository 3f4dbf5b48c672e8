package org.nixlab.lab.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Detail;
import org.nixlab.base.LabException;
import org.nixlab.lab.system.FlakeReference;
import org.nixlab.lab.system.GuestSystem;
import org.nixlab.lab.system.LoadRequest;
import org.nixlab.lab.system.NixOptions;
import org.nixlab.nix.NetworkPart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class LabSettingsTest {
    @TempDir
    private Path home;

    @Test
    void whatWasSaidToNixIsReadBack() {
        var nix = NixOptions.NONE
                .withWords(List.of("--builders", "ssh://one\nssh://two", "--option", "substituters", ""))
                .withArgument("count", "1 # of them\n");
        var settings = settings(home);

        settings.save(request(home, nix), Optional.of("/tree"));

        assertThat(settings.load()).map(LoadRequest::nix).contains(nix);
        assertThat(settings.tree()).contains("/tree");
    }

    @Test
    void pathsBelowTheHomeAreThoseOfTheNewOneAfterAMove() throws IOException {
        var here = Files.createDirectories(home.resolve("here"));
        Files.createDirectories(here.resolve("tree/lib"));
        var outside = Files.createDirectory(home.resolve("outside"));
        settings(here)
                .save(
                        request(
                                here,
                                NixOptions.NONE
                                        .withNixpkgs(here.resolve("tree").toString())
                                        .withWords(List.of(
                                                "-I", "lib=" + here.resolve("tree/lib"), "-I", outside.toString()))),
                        Optional.of(here.resolve("tree").toString()));

        var there = Files.move(here, home.resolve("there"));
        var found = settings(there).load().orElseThrow();
        assertThat(settings(there).tree()).contains(there.resolve("tree").toString());

        assertThat(found.file()).isEqualTo(there.resolve("network.nix"));
        assertThat(found.nix().nixpkgs()).contains(there.resolve("tree").toString());
        assertThat(found.nix().words())
                .containsExactly("-I", "lib=" + there.resolve("tree/lib"), "-I", outside.toString());
    }

    @Test
    void aFlakeBelowTheHomeIsThatOfTheNewOneAfterAMove() throws IOException {
        var here = Files.createDirectories(home.resolve("here"));
        Files.writeString(here.resolve("flake.nix"), "{ }");
        var lab = new LabDirectory(here, "network");
        for (var named : List.of(".#lab", "path:.?dir=x#lab", "github:owner/name#lab")) {
            var flake = FlakeReference.of(named, here);
            lab.makeState();
            lab.settings()
                    .save(
                            new LoadRequest(
                                    lab.flake(),
                                    flake,
                                    Optional.of("network"),
                                    GuestSystem.NIXOS,
                                    Optional.empty(),
                                    NixOptions.NONE,
                                    NetworkPart.ALL,
                                    Detail.SCREEN),
                            Optional.empty());

            var there = Files.move(here, home.resolve("there"));
            var found = new LabDirectory(there, "network").settings().load().orElseThrow();

            assertThat(found.flake()).isEqualTo(FlakeReference.of(named, there));
            assertThat(found.file()).isEqualTo(there.resolve(".nixlab/network/flake.nix"));
            Files.move(there, here);
        }
    }

    @Test
    void aLabThatWasLoadedWithItsTestIsFoundWithIt() {
        var settings = settings(home);
        var request = request(home, NixOptions.NONE);

        settings.save(request.withTest(), Optional.empty());
        assertThat(settings.load()).contains(request.withTest());
        settings.save(request.forScript(), Optional.empty());
        assertThat(settings.load()).contains(request.forScript());
        settings.save(request, Optional.empty());
        assertThat(settings.load()).contains(request);
    }

    @Test
    void theLabOfAPartOfAFileIsFoundWithIt() throws IOException {
        Files.writeString(home.resolve("tests.nix"), "{ }");
        var request = LoadRequest.of("tests.nix#redis.\"7.0\"", home)
                .withLabName("network")
                .withGuestSystem(GuestSystem.DEBIAN);
        assertThat(request.file()).isEqualTo(home.resolve("tests.nix"));
        assertThat(request.part().attribute()).containsExactly("redis", "7.0");
        assertThat(request.named()).isEqualTo(home.resolve("tests.nix") + "#redis.\"7.0\"");

        var settings = settings(home);
        settings.save(request, Optional.empty());

        assertThat(settings.load()).contains(request);
    }

    @Test
    void aFileThatCannotBeReadIsNotTakenForADamagedOne() throws IOException {
        var file = Files.createDirectory(home.resolve("unreadable"));
        var settings = new LabSettings(file, home, "web");

        assertThatThrownBy(() -> settings.setAsideIfDamaged(line -> {}))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("what the lab was loaded with cannot be read: ");

        assertThat(file).exists();
    }

    @Test
    void aDamagedFileIsSetAsideAndSaid() throws IOException {
        var settings = settings(home);
        var file = home.resolve(".nixlab/network/lab.properties");
        for (var content :
                List.of("", "guest=NIXOS\n", "network=\\u00zz\n", "network=n.nix\nguest=TOASTER\n", "\0\1\2")) {
            var told = new ArrayList<String>();
            Files.writeString(file, content);

            assertThat(settings.load()).as(content).isEmpty();
            settings.setAsideIfDamaged(told::add);

            assertThat(told).containsExactly(file + " could not be read; it is lab.properties.damaged now");
            assertThat(settings.exist()).isFalse();
            assertThat(file.resolveSibling("lab.properties.damaged")).hasContent(content);
        }
        Files.write(file, new byte[] {(byte) 0xff});
        assertThat(settings.load()).isEmpty();
    }

    private static LabSettings settings(Path home) {
        var directory = new LabDirectory(home, "network");
        directory.makeState();
        return directory.settings();
    }

    private static LoadRequest request(Path home, NixOptions nix) {
        return new LoadRequest(
                home.resolve("network.nix"),
                Optional.empty(),
                Optional.of("network"),
                GuestSystem.NIXOS,
                Optional.empty(),
                nix,
                NetworkPart.ALL,
                Detail.SCREEN);
    }
}
