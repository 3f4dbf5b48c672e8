package org.nixlab.lab.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nixlab.lab.state.LabDirectory;

import static org.assertj.core.api.Assertions.assertThat;

final class FlakeReferenceTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void aFlake() throws IOException {
        Files.writeString(directory.resolve("flake.nix"), "");
        Files.createDirectories(directory.resolve("sub/deeper"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"network.nix", "sub/network.nix", "/etc/network.nix", "sub", "..", "web:1.nix"})
    void aFileIsNoFlake(String named) {
        assertThat(FlakeReference.of(named, directory)).isEmpty();
    }

    @Test
    void aFileWhoseNameHasAHashComesFirst() throws IOException {
        Files.writeString(directory.resolve("network#2.nix"), "{ }");

        assertThat(FlakeReference.of("network#2.nix", directory)).isEmpty();
    }

    @Test
    void aPartOfAFileIsNoFlake() throws IOException {
        Files.writeString(directory.resolve("tests.nix"), "{ }");

        assertThat(FlakeReference.of("tests.nix#basic", directory)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'.#lab', lab",
        "'#lab', lab",
        "'./#lab', lab",
        "'sub/deeper#lab', lab",
        "'.', nixosConfigurations",
        "'.#', nixosConfigurations",
    })
    void aLocalFlakeIsThatOfTheDirectoryOrOfOneAbove(String named, String attribute) {
        assertThat(FlakeReference.of(named, directory))
                .contains(new FlakeReference(directory.toString(), List.of(attribute), Optional.of(directory)));
    }

    @ParameterizedTest
    @CsvSource({
        "github:owner/name#lab, github:owner/name",
        "github:owner/name/branch?dir=x#lab, github:owner/name/branch?dir=x",
        "git+https://host/name.git?ref=main#lab, git+https://host/name.git?ref=main",
        "https://host/name.tar.gz#lab, https://host/name.tar.gz",
    })
    void aFlakeElsewhereKeepsItsReference(String named, String flake) {
        assertThat(FlakeReference.of(named, directory))
                .contains(new FlakeReference(flake, List.of("lab"), Optional.empty()));
    }

    @Test
    void aPathAsUrlIsLocal() {
        assertThat(FlakeReference.of("path:.#lab", directory))
                .contains(new FlakeReference("path:" + directory, List.of("lab"), Optional.of(directory)));
        assertThat(FlakeReference.of("git+file://" + directory + "?dir=sub#lab", directory))
                .hasValueSatisfying(flake -> assertThat(flake.directory()).contains(directory));
    }

    @ParameterizedTest
    @CsvSource({
        "path:a#lab, path:%s/a",
        "path:./sub?dir=sub#lab, path:%s/sub?dir=sub",
        "git+file:.?ref=v1.2#lab, git+file:%s?ref=v1.2",
        "'./sub/..?dir=sub#lab', '%s?dir=sub'",
        "'.?ref=v1.2#lab', '%s?ref=v1.2'",
    })
    void nothingButThePathOfALocalFlakeIsMadeWhole(String named, String flake) {
        assertThat(FlakeReference.of(named, directory))
                .map(FlakeReference::flake)
                .contains(flake.formatted(directory));
    }

    @Test
    void aDirectoryThatIsNotThereIsNotTheOneAbove() {
        assertThat(FlakeReference.of("subb#lab", directory))
                .map(FlakeReference::flake)
                .contains(directory.resolve("subb").toString());
    }

    @Test
    void whereNoFlakeIsNothingIsCopied() {
        assertThat(FlakeReference.of("/nowhere#lab", directory))
                .hasValueSatisfying(flake -> assertThat(flake.isCopiedWhole()).isFalse());
        assertThat(FlakeReference.of(".#lab", directory))
                .hasValueSatisfying(flake -> assertThat(flake.isCopiedWhole()).isTrue());
    }

    @Test
    void anOutputMayHaveQuotedParts() {
        assertThat(FlakeReference.of(".#labs.\"web.example\".two", directory))
                .hasValueSatisfying(
                        flake -> assertThat(flake.attribute()).containsExactly("labs", "web.example", "two"));
    }

    @ParameterizedTest
    @CsvSource({
        "'.#lab', lab",
        "'.#labs.two', two",
        "github:owner/name, name",
        "github:owner/name?dir=x#, name",
        "'.#\"a b/c\"', a-b-c",
        "'.#\".hidden\"', flake-hidden",
    })
    void theLabIsNamedAfterTheOutputOrTheFlake(String named, String name) {
        var lab = FlakeReference.of(named, directory).orElseThrow().labName();

        assertThat(lab).isEqualTo(name);
        LabDirectory.checkName(lab);
    }

    @Test
    void aFlakeIsCopiedWholeWhereThereIsNoGit() throws IOException {
        assertThat(flake(".#lab").isCopiedWhole()).isTrue();

        Files.createDirectory(directory.resolve(".git"));

        assertThat(flake(".#lab").isCopiedWhole()).isFalse();
        assertThat(flake("path:.#lab").isCopiedWhole()).isTrue();
        assertThat(flake("github:owner/name#lab").isCopiedWhole()).isFalse();
    }

    @Test
    void whatIsWrittenDownIsReadBack() {
        for (var named : List.of(".#labs.two", ".?dir=sub#lab", "path:.#\"a\\\"b\".c")) {
            var flake = flake(named);

            assertThat(FlakeReference.of(flake.toString(), Path.of("/"))).contains(flake);
        }
    }

    private FlakeReference flake(String named) {
        return FlakeReference.of(named, directory).orElseThrow();
    }
}
