package org.nixlab.nix;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.nixlab.nix.plan.Trees;

/**
 * The Nix expressions of nixlab, which Nix can only read from a directory: they are unpacked from the resources into one
 * that is named after their content, so that nixlabs of different versions can share a cache.
 */
public final class Expressions {
    private static final String ENTRY = "evaluate.nix";

    private Expressions() {}

    /** Returns the directory with the expressions below {@code parent}; makes it if need be. */
    public static Path unpack(Path parent) {
        try {
            var files = read();
            var directory = parent.resolve("expressions-" + digest(files));
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(parent);
                publish(files, directory);
            }
            mend(files, directory);
            // Nix prints the real path in its messages, and that is where they are looked for.
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("could not unpack the Nix expressions", e);
        }
    }

    /** Returns what nix-instantiate is told to print a value as JSON, and more; the caller may add to the list. */
    public static List<String> words(String... more) {
        var words = new ArrayList<>(List.of("--read-write-mode", "--eval", "--strict", "--json"));
        words.addAll(List.of(more));
        return words;
    }

    /** Returns what nix-instantiate is told to evaluate one of the expressions with these words. */
    public static List<String> of(Path directory, String expression, List<String> words) {
        var all = new ArrayList<>(words);
        all.add(directory.resolve(expression).toString());
        return all;
    }

    /** A host that lost its power may have left some of the files empty. */
    public static void mend(Map<String, byte[]> files, Path directory) throws IOException {
        for (var file : files.entrySet()) {
            var target = directory.resolve(file.getKey());
            if (!Files.exists(target) || Files.size(target) != file.getValue().length) {
                Files.createDirectories(target.getParent());
                var draft = Files.createTempFile(directory, "mending", ".draft");
                Files.write(draft, file.getValue());
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Writes files to a directory that is there whole or not at all; its name follows from them. */
    public static void publish(Map<String, byte[]> files, Path directory) throws IOException {
        var draft = Files.createTempDirectory(directory.getParent(), "unpacking-");
        for (var file : files.entrySet()) {
            var target = draft.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
        try {
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            Trees.delete(draft);
            // Another nixlab may have been faster, with the same content.
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    /** Returns all files, by their path below the directory of the entry. */
    private static SortedMap<String, byte[]> read() throws IOException {
        URL entry = Expressions.class.getResource(ENTRY);
        if (entry == null) {
            throw new IllegalStateException("the Nix expressions are missing from this build of nixlab");
        }
        var files = new TreeMap<String, byte[]>();
        if (entry.openConnection() instanceof JarURLConnection connection) {
            var prefix = connection
                    .getEntryName()
                    .substring(0, connection.getEntryName().length() - ENTRY.length());
            var jar = connection.getJarFile();
            for (var file : jar.stream()
                    .filter(each -> isExpression(each.getName(), prefix))
                    .toList()) {
                try (InputStream in = jar.getInputStream(file)) {
                    files.put(file.getName().substring(prefix.length()), in.readAllBytes());
                }
            }
            return files;
        }
        var root = Path.of(uri(entry)).getParent();
        try (var tree = Files.walk(root)) {
            for (var file : tree.filter(each -> isExpression(each.toString(), root.toString()))
                    .toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static boolean isExpression(String name, String prefix) {
        return name.startsWith(prefix) && (name.endsWith(".nix") || name.endsWith(".json") || name.endsWith(".bash"));
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String digest(SortedMap<String, byte[]> files) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 10);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
