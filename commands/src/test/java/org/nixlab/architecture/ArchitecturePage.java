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
public final class ArchitecturePage {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| (.*) \\| (.*) \\|");

    private ArchitecturePage() {}

    /** Returns what each package may import according to the page. */
    public static SortedMap<String, Set<String>> imports(Path page) {
        var imports = new TreeMap<String, Set<String>>();
        for (var line : lines(page)) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                imports.put(row.group(1), names(row.group(3)));
            }
        }
        return imports;
    }

    /** Returns the rows of a table of packages and what they may import, as {@link #imports} gives them. */
    public static SortedMap<String, Set<String>> sorted(Map<String, Set<String>> table) {
        var sorted = new TreeMap<String, Set<String>>();
        table.forEach((name, allowed) -> sorted.put(name, new TreeSet<>(allowed)));
        return sorted;
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
