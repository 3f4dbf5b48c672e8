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
import java.util.stream.Collectors;

/**
 * The Java files of the project's modules, as text: who imports whom, how long they are, what they mention.
 *
 * @param files the lines of each file, by its path below the root of its module's source
 */
record SourceTree(SortedMap<Path, List<String>> files) {
    private static final Path BASE = Path.of("org", "nixlab");
    private static final Pattern NAMED = Pattern.compile("\\borg\\.nixlab\\.([a-z]+(?:\\.[a-z]+)*)\\.(?:[A-Z]|\\*)");

    /** Reads the trees below these roots, for example {@code src/main/java}. */
    static SourceTree of(Path... roots) {
        var files = new TreeMap<Path, List<String>>();
        for (var root : roots) {
            try (var tree = Files.walk(root)) {
                for (var file :
                        tree.filter(path -> path.toString().endsWith(".java")).toList()) {
                    files.put(root.relativize(file), Files.readAllLines(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new SourceTree(files);
    }

    /** Returns the packages, without {@code org.nixlab.}. */
    Set<String> packages() {
        var packages = new TreeSet<String>();
        files.keySet().forEach(file -> packages.add(packageOf(file)));
        return packages;
    }

    /** Returns the packages that have no {@code package-info.java}. */
    Set<String> undescribedPackages() {
        var packages = new TreeSet<>(packages());
        files.keySet().stream()
                .filter(file -> file.endsWith("package-info.java"))
                .forEach(file -> packages.remove(packageOf(file)));
        return packages;
    }

    /**
     * Returns the lines that name a type of a package which the table of packages and what they may import does not
     * allow there. Neither a package's own rooms nor the package a room is in are allowed without being named.
     */
    List<String> forbiddenImports(Map<String, Set<String>> allowed) {
        var forbidden = new ArrayList<String>();
        files.forEach((file, lines) -> {
            var from = packageOf(file);
            for (var line : lines) {
                NAMED.matcher(line)
                        .results()
                        .map(named -> named.group(1))
                        .filter(name -> !name.equals(from)
                                && !allowed.getOrDefault(from, Set.of()).contains(name))
                        .forEach(name -> forbidden.add(file + ": " + line.strip()));
            }
        });
        return forbidden;
    }

    /** Returns the packages that have more files than this, {@code package-info.java} aside. */
    Set<String> packagesLargerThan(int most) {
        return files.keySet().stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .collect(Collectors.groupingBy(SourceTree::packageOf, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > most)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the lines in a package and its rooms that a pattern is found in, with their files. */
    List<String> linesOf(String packageName, Pattern pattern) {
        var found = new ArrayList<String>();
        files.forEach((file, lines) -> lines.stream()
                .filter(line -> (packageOf(file) + ".").startsWith(packageName + ".")
                        && pattern.matcher(line).find())
                .forEach(line -> found.add(file + ": " + line.strip())));
        return found;
    }

    /** Returns the files with more lines than this. */
    List<Path> filesLongerThan(int lines) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().size() > lines)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the packages and types whose name says nothing of what they are. */
    List<String> emptyNames() {
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
