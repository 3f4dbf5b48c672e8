package org.nixlab.nix.nixos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.nix.Evaluation;

import static org.assertj.core.api.Assertions.assertThat;

/** When an evaluation of NixOS machines is used again, and when not. */
final class RememberedNixosIT {
    private static final String SEED = "{ test1 = { }; test2 = { services.openssh.enable = true; }; }";

    @TempDir
    private Path directory;

    private SampleTree tree;

    @BeforeEach
    void makeTree() {
        tree = SampleTree.modern(directory);
    }

    @Test
    void anUnchangedFileIsNotEvaluatedAgain() throws IOException {
        var first = evaluate(SEED);
        // What is written in the moment of an evaluation counts as changed.
        Files.setLastModifiedTime(network(), FileTime.from(Instant.now().minusSeconds(60)));
        var noted = noted();
        Files.setLastModifiedTime(noted, FileTime.from(Instant.EPOCH));
        var second = evaluate(SEED);
        assertThat(second.sources().changed()).isFalse();
        assertThat(second.network()).isEqualTo(first.network());
        assertThat(Files.getLastModifiedTime(noted)).as("not written again").isEqualTo(FileTime.from(Instant.EPOCH));

        Files.setLastModifiedTime(network(), FileTime.from(Instant.now().minusSeconds(30)));
        assertThat(second.sources().changed()).as("the content is the same").isFalse();

        Files.writeString(network(), SEED.replace("test2 =", "other ="));
        assertThat(second.sources().changed()).isTrue();
    }

    @Test
    void aFileThatIsOnlyReadCountsAndSoDoesOneThatIsNotThereYet() throws IOException {
        var network = "let keys = ./keys; in {"
                + " a.networking.hostName = builtins.readFile ./name;"
                + " b.networking.hostName = if builtins.pathExists ./more then \"more\" else \"less\";"
                + " c.networking.hostName = builtins.readFile (keys + \"/c\"); }";
        Files.createDirectory(directory.resolve("keys"));
        for (var file : List.of("name", "keys/c")) {
            Files.writeString(directory.resolve(file), "first");
        }
        assertThat(hostNames(network)).containsExactly("first", "less", "first");

        Files.writeString(directory.resolve("name"), "second");
        assertThat(hostNames(network)).containsExactly("second", "less", "first");
        Files.writeString(directory.resolve("more"), "");
        assertThat(hostNames(network)).containsExactly("second", "more", "first");
        Files.writeString(directory.resolve("keys/c"), "second");
        assertThat(hostNames(network)).containsExactly("second", "more", "second");
    }

    @Test
    void whatWasWrittenDownAndBrokeIsEvaluatedAgain() throws IOException {
        evaluate(SEED);
        Files.writeString(noted(), "");

        assertThat(evaluate(SEED).network().names()).containsExactly("test1", "test2");
    }

    @Test
    void aFileBelowAnyDirectoryCounts() throws IOException {
        var below = Files.createDirectories(directory.resolve("o'brien's"));
        Files.writeString(below.resolve("names.nix"), "{ one = { }; }");
        assertThat(evaluate("import (./. + \"/o'brien's/names.nix\")").network().names())
                .containsExactly("one");

        Files.writeString(below.resolve("names.nix"), "{ two = { }; }");

        assertThat(evaluate("import (./. + \"/o'brien's/names.nix\")").network().names())
                .containsExactly("two");
    }

    /** Returns the file in which the only evaluation was written down. */
    private Path noted() throws IOException {
        try (var files = Files.walk(directory.resolve("cache/evaluations-nixos"))) {
            return files.filter(Files::isRegularFile).toList().get(0);
        }
    }

    private List<String> hostNames(String network) throws IOException {
        return evaluate(network).network().machines().stream()
                .map(machine -> machine.identity().hostName())
                .toList();
    }

    private Evaluation evaluate(String network) throws IOException {
        if (!Files.exists(network()) || !Files.readString(network()).equals(network)) {
            Files.writeString(network(), network);
        }
        var request = tree.request(network());
        return new NixosEvaluator(directory.resolve("cache"), tree.environment(), SamplePrograms.all())
                .evaluate(request, Deadline.in(Duration.ofMinutes(1)));
    }

    private Path network() {
        return directory.resolve("network.nix");
    }
}
