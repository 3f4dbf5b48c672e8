package org.nixlab.nix.nixos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is to be built, as its file in a Nix store says it.
 *
 * @param environment the builder's variables
 */
public record Derivation(Map<String, String> environment) {
    private static final String TEXT = "\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"";
    /** Outputs have four parts and inputs a list, so only variables look like this. */
    private static final Pattern VARIABLE = Pattern.compile("\\(" + TEXT + "," + TEXT + "\\)", Pattern.DOTALL);

    public static Derivation read(Path file) {
        try {
            var variables = new TreeMap<String, String>();
            VARIABLE.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> variables.put(plain(found.group(1)), plain(found.group(2))));
            return new Derivation(variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns those of a store whose names end in one of some ways. */
    public static List<Derivation> all(Path store, String... ends) {
        try (var files = Files.list(store)) {
            return files.filter(file -> Stream.of(ends)
                            .anyMatch(end -> file.getFileName().toString().endsWith(end + ".drv")))
                    .sorted()
                    .map(Derivation::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** Returns where its first output is to be. */
    public Path output() {
        return Path.of(variable("out"));
    }

    private static String plain(String escaped) {
        var text = new StringBuilder();
        for (int at = 0; at < escaped.length(); at++) {
            char next = escaped.charAt(at);
            if (next != '\\') {
                text.append(next);
                continue;
            }
            at++;
            char named = escaped.charAt(at);
            text.append(named == 'n' ? '\n' : named == 't' ? '\t' : named == 'r' ? '\r' : named);
        }
        return text.toString();
    }
}
