package org.nixlab.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a scenario needs around its statements: classes, values that only Nix knows, and functions of Python's driver. */
final class Needs {
    private static final int LONGEST = 40;

    private final Set<String> imports = new TreeSet<>();
    private final List<NixValue> values = new ArrayList<>();
    private int line;
    private boolean retry;

    /** Says which line of the user's file is being written from now on. */
    void at(int userLine) {
        line = userLine;
    }

    /** Says that the scenario needs a class, and returns its short name. */
    String use(String className) {
        imports.add(className);
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** Returns the variable for what Nix puts in the place of an antiquotation. */
    String value(String antiquotation) {
        var text = antiquotation.replaceAll("\\s+", " ");
        return values.stream()
                .filter(value -> value.text.equals(text))
                .findFirst()
                .orElseGet(() -> add(text))
                .name;
    }

    private NixValue add(String text) {
        var words = text.replaceFirst("^\\$\\{\\s*((builtins\\.)?toString )?", "")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .replaceAll("^_|_$", "");
        var name = "nix_" + (words.length() > LONGEST ? "value" : words);
        while (isTaken(name)) {
            name += "_" + (values.size() + 1);
        }
        var value = new NixValue(name, text, line);
        values.add(value);
        return value;
    }

    private boolean isTaken(String name) {
        return values.stream().anyMatch(value -> value.name.equals(name));
    }

    /** Says that the scenario needs the function {@code retry}. */
    void useRetry() {
        retry = true;
    }

    boolean usesRetry() {
        return retry;
    }

    Set<String> imports() {
        return imports;
    }

    List<NixValue> values() {
        return List.copyOf(values);
    }

    /** Forgets all values but the first so many: the statement that needed the others is left. */
    void keepValues(int count) {
        values.subList(count, values.size()).clear();
    }

    /**
     * A value that only Nix knows.
     *
     * @param name the variable it is expected in
     * @param text what Nix makes it of
     * @param line where the user's file first says so
     */
    record NixValue(String name, String text, int line) {}
}
