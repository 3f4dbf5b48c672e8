package org.nixlab.shell.script;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.codehaus.groovy.control.CompilationFailedException;
import org.junit.jupiter.api.Test;
import org.nixlab.convert.Conversion.Left;
import org.nixlab.convert.Converter;
import org.nixlab.convert.NixTestFile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Converts the tests of real nixpkgs trees, which {@code NIXLAB_TEST_NIXPKGS} names, parted by colons. What was left, and how
 * often why, stands in {@code target/converted.txt} afterwards.
 */
class ConvertedTreeIT {
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private int wholly;
    private int partly;
    private int without;

    @Test
    void allOfItIsGroovy() throws IOException {
        var trees = System.getenv().getOrDefault("NIXLAB_TEST_NIXPKGS", "");
        assumeTrue(!trees.isEmpty(), "NIXLAB_TEST_NIXPKGS names no nixpkgs tree");
        for (var tree : trees.split(":")) {
            try (var files = Files.walk(Path.of(tree, "nixos/tests"))) {
                for (var file : files.filter(each -> each.toString().endsWith(".nix"))
                        .sorted()
                        .toList()) {
                    convert(file);
                }
            }
        }
        report();

        assertThat(wholly).isPositive();
        assertThat(broken).isEmpty();
    }

    private void convert(Path file) throws IOException {
        var nix = new NixTestFile(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        without += nix.scripts().isEmpty() ? 1 : 0;
        for (var script : nix.scripts()) {
            var conversion = new Converter(List.of(), !nix.mentionsMachine()).convert(script.python());
            wholly += conversion.left().isEmpty() ? 1 : 0;
            partly += conversion.left().isEmpty() ? 0 : 1;
            conversion.left().stream().map(Left::reason).forEach(reason -> reasons.merge(reason, 1, Integer::sum));
            try {
                // What is only called in vain because its definition was left is no news.
                ScenarioCalls.unknown(conversion.scenario(), Set.of("machine", "server", "client")).stream()
                        .filter(call -> conversion.left().isEmpty() || !call.startsWith("this."))
                        .forEach(call -> broken.add(file + ":" + script.line() + ": " + call));
            } catch (CompilationFailedException e) {
                broken.add(file + ":" + script.line() + ": " + e.getMessage() + "\n" + conversion.scenario());
            }
        }
    }

    private void report() throws IOException {
        var lines = new ArrayList<String>();
        lines.add(wholly + " wholly, " + partly + " partly, " + without + " files without a script");
        reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(entry -> lines.add(entry.getValue() + " " + entry.getKey()));
        lines.addAll(broken);
        Files.write(Path.of("target/converted.txt"), lines);
    }
}
