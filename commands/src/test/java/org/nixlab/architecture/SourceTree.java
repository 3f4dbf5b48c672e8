package org.nixlab.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The Java files of a module, as text: who imports whom, how long they are, what they mention.
 *
 * @param root for example {@code src/main/java}
 * @param files the lines of each file, by its path below the root
 */
public record SourceTree(Path root, SortedMap<Path, List<String>> files) {
    private static final Path BASE = Path.of("org", "nixlab");
    private static final Pattern IMPORT =
            Pattern.compile("import (?:static )?org\\.nixlab\\.([a-z]+(?:\\.[a-z]+)*)\\.[A-Z].*");

    /** Reads a tree; one that does not exist is empty. */
    public static SourceTree of(Path root) {
        var files = new TreeMap<Path, List<String>>();
        if (Files.isDirectory(root)) {
            try (var tree = Files.walk(root)) {
                for (var file :
                        tree.filter(path -> path.toString().endsWith(".java")).toList()) {
                    files.put(root.relativize(file), Files.readAllLines(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new SourceTree(root, files);
    }

    /** Returns the packages, without {@code org.nixlab.}. */
    public Set<String> packages() {
        var packages = new TreeSet<String>();
        files.keySet().forEach(file -> packages.add(packageOf(file)));
        return packages;
    }

    /** Returns the packages that have no {@code package-info.java}. */
    public Set<String> undescribedPackages() {
        var packages = new TreeSet<>(packages());
        files.keySet().stream()
                .filter(file -> file.endsWith("package-info.java"))
                .forEach(file -> packages.remove(packageOf(file)));
        return packages;
    }

    /** Returns the imports that a table of packages and what they may import does not allow, one line each. */
    public List<String> forbiddenImports(Map<String, Set<String>> allowed) {
        var forbidden = new ArrayList<String>();
        files.forEach((file, lines) -> {
            var from = packageOf(file);
            for (var line : lines) {
                var matcher = IMPORT.matcher(line);
                if (matcher.matches()
                        && !matcher.group(1).equals(from)
                        && !allowed.getOrDefault(from, Set.of()).contains(matcher.group(1))) {
                    forbidden.add(file + ": " + line);
                }
            }
        });
        return forbidden;
    }

    /** Returns the lines in a package that a pattern is found in, with their files. */
    public List<String> linesOf(String packageName, Pattern pattern) {
        var found = new ArrayList<String>();
        files.forEach((file, lines) -> lines.stream()
                .filter(line -> packageOf(file).equals(packageName)
                        && pattern.matcher(line).find())
                .forEach(line -> found.add(file + ": " + line.strip())));
        return found;
    }

    /** Returns the files with more lines than this. */
    public List<Path> filesLongerThan(int lines) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().size() > lines)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the packages and types whose name says nothing of what they are. */
    public List<String> emptyNames() {
        var empty = new ArrayList<String>();
        packages().stream()
                .filter(name -> name.matches("(.*\\.)?(utils?|common|core|helpers?|impl|misc|shared|managers?)"))
                .forEach(empty::add);
        files.keySet().stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("Abstract[A-Z].*|.*(Utils?|Helper|Manager|Impl)\\.java"))
                .forEach(empty::add);
        return empty;
    }

    private static String packageOf(Path file) {
        return BASE.relativize(file.getParent()).toString().replace('/', '.');
    }
}
