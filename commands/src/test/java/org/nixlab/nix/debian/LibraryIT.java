package org.nixlab.nix.debian;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.nixlab.base.Deadline;
import org.nixlab.nix.Expressions;
import org.nixlab.nix.plan.Json;
import org.nixlab.nix.plan.PrivateStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The functions of {@code lib}, by a table of calls. What they give is compared with what they give in the nixpkgs trees,
 * parted by colons, that {@code NIXLAB_TEST_NIXPKGS} names.
 */
final class LibraryIT {
    private static final Path COMPARISON = Path.of("src/test/nix/lib-comparison.nix");

    @TempDir
    private Path cache;

    @Test
    void everyFunctionIsTriedAndEveryCallGivesSomething() {
        var comparison = comparison(List.of());

        assertThat(comparison.get("untried")).isEmpty();
        assertThat(comparison.get("failing")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> functionsGiveWhatThoseOfNixpkgsGive() {
        var trees = System.getenv().getOrDefault("NIXLAB_TEST_NIXPKGS", "");
        if (trees.isEmpty()) {
            // As a test of its own it is counted as skipped, with the reason.
            return Stream.of(DynamicTest.dynamicTest(
                    "no tree", () -> assumeTrue(false, "NIXLAB_TEST_NIXPKGS names no nixpkgs tree")));
        }
        return Stream.of(trees.split(":"))
                .map(tree -> DynamicTest.dynamicTest(
                        tree,
                        () -> assertThat(comparison(List.of("--argstr", "tree", tree + "/lib"))
                                        .get("different"))
                                .isEmpty()));
    }

    private JsonNode comparison(List<String> tree) {
        var words = new ArrayList<>(Expressions.words(COMPARISON.toString()));
        words.addAll(List.of("--argstr", "ours", Expressions.unpack(cache) + "/lib"));
        words.addAll(tree);
        var nix = new NixProgram(new PrivateStore(cache.resolve("store")), System.getenv());

        var result = nix.run("nix-instantiate", words, Deadline.in(Duration.ofMinutes(1)));

        assertThat(result.succeeded()).as(result.err()).isTrue();
        return Json.tree(result.output());
    }
}
