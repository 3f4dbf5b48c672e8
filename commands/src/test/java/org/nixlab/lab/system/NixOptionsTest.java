package org.nixlab.lab.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

final class NixOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void pathsOfFilesThatAreThereBecomeWhole() throws IOException {
        Files.createDirectory(directory.resolve("nixpkgs"));
        var options = NixOptions.NONE
                .withNixpkgs("nixpkgs")
                .withWords(List.of(
                        "-I",
                        "nixpkgs=./nixpkgs",
                        "-I",
                        "nixpkgs",
                        "-I",
                        "x=channel:nixos",
                        "--option",
                        "a",
                        "nixpkgs"));

        var tree = directory.resolve("nixpkgs").toString();
        assertThat(options.from(directory))
                .isEqualTo(NixOptions.NONE
                        .withNixpkgs(tree)
                        .withWords(List.of(
                                "-I",
                                "nixpkgs=" + tree,
                                "-I",
                                tree,
                                "-I",
                                "x=channel:nixos",
                                "--option",
                                "a",
                                "nixpkgs")));
        assertThat(NixOptions.NONE
                        .withNixpkgs("github:owner/name")
                        .from(directory)
                        .nixpkgs())
                .contains("github:owner/name");
    }

    @Test
    void argumentsAreOneSetWhateverIsInThem() {
        var options = NixOptions.NONE
                .withArgument("a.b", "1")
                .withArgument("count", "2 # of them")
                .withString("text", "\"${x}\\");

        assertThat(options.argumentSet())
                .isEqualTo("{ \"a.b\" = (1\n); count = (2 # of them\n); text = (\"\\\"\\${x}\\\\\"\n); }");
    }
}
