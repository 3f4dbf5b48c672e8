package org.nixlab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The tables of {@code docs/architecture.md}: rows of package, what it is, and what it may import. */
final class ArchitecturePage {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| (.+) \\| (.+) \\|");

    private ArchitecturePage() {}

    /** Returns what each package may import according to the page. */
    static SortedMap<String, Set<String>> imports(Path page) {
        var imports = new TreeMap<String, Set<String>>();
        for (var line : lines(page)) {
            var row = ROW.matcher(line);
            if (row.matches() && imports.put(row.group(1), names(row.group(3))) != null) {
                throw new IllegalArgumentException(page + " has two rows for " + row.group(1));
            }
        }
        return imports;
    }

    /** Returns the packages that a table of packages and what they may import leads back to themselves. */
    static Set<String> inCircles(Map<String, Set<String>> table) {
        var circles = new TreeSet<String>();
        for (var name : table.keySet()) {
            var reached = new TreeSet<String>();
            reach(name, table, reached);
            if (reached.contains(name)) {
                circles.add(name);
            }
        }
        return circles;
    }

    private static void reach(String from, Map<String, Set<String>> table, Set<String> reached) {
        for (var name : table.getOrDefault(from, Set.of())) {
            if (reached.add(name)) {
                reach(name, table, reached);
            }
        }
    }

    private static Set<String> names(String cell) {
        return cell.equals("-") ? Set.of() : new TreeSet<>(List.of(cell.split(", ")));
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
