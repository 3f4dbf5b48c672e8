package org.nixlab.image.layer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What later layers and configurations need to know of a root directory: accounts, dpkg's status, the files of every
 * package, alternatives, and the units that installing packages would have started.
 *
 * @param packages read when they are first needed: they are large, and a machine seldom asks
 */
record DebianState(Map<String, String> accounts, Supplier<Map<String, String>> packages) {
    private static final String ACCOUNTS_FILE = "accounts.json";
    private static final String PACKAGES_FILE = "packages.json";
    private static final String INFO = "var/lib/dpkg/info/";
    private static final String ALTERNATIVES = "var/lib/dpkg/alternatives/";
    private static final List<String> ACCOUNTS = List.of("etc/passwd", "etc/group", "etc/shadow", "etc/gshadow");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Returns an empty state to add to. */
    static DebianState empty() {
        var packages = new LinkedHashMap<String, String>();
        return new DebianState(new LinkedHashMap<>(), () -> packages);
    }

    /** Returns the state of a layer; what is added to it stays in memory. */
    static DebianState read(Path directory) {
        return new DebianState(
                load(directory.resolve(ACCOUNTS_FILE)), new Once<>(() -> load(directory.resolve(PACKAGES_FILE))));
    }

    static boolean wants(String path) {
        return ACCOUNTS.contains(path)
                || path.equals("var/lib/dpkg/status")
                || path.startsWith(ALTERNATIVES)
                || path.startsWith(INFO) && path.endsWith(".list");
    }

    void add(String path, byte[] content) {
        var texts = ACCOUNTS.contains(path) ? accounts : packages.get();
        texts.put(path, new String(content, StandardCharsets.UTF_8));
    }

    void write(Path directory) throws IOException {
        Files.write(directory.resolve(ACCOUNTS_FILE), JSON.writeValueAsBytes(accounts));
        Files.write(directory.resolve(PACKAGES_FILE), JSON.writeValueAsBytes(packages.get()));
    }

    /** Returns the text of an account file. */
    String account(String path) {
        return accounts.getOrDefault(path, "");
    }

    /** Returns dpkg's list of what is installed. */
    String status() {
        return packages.get().getOrDefault("var/lib/dpkg/status", "");
    }

    /** Returns the paths a package installed, absolute, or empty if it is not installed. */
    Optional<List<String>> filesOf(String packageName) {
        for (var entry : packages.get().entrySet()) {
            var path = entry.getKey();
            if (path.equals(INFO + packageName + ".list") || path.startsWith(INFO + packageName + ":")) {
                return Optional.of(entry.getValue().lines().toList());
            }
        }
        return Optional.empty();
    }

    /** An alternative as update-alternatives(1) keeps it: a link, and the files it may lead to. */
    record Alternative(String link, List<String> choices) {}

    List<Alternative> alternatives() {
        var all = new ArrayList<Alternative>();
        packages.get().forEach((path, text) -> {
            if (path.startsWith(ALTERNATIVES)) {
                var lines = text.lines().toList();
                if (lines.size() > 1) {
                    all.add(new Alternative(
                            lines.get(1),
                            lines.stream()
                                    .skip(2)
                                    .filter(line -> line.startsWith("/"))
                                    .toList()));
                }
            }
        });
        return all;
    }

    private static Map<String, String> load(Path file) {
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, String>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Computes a value when it is first asked for; for one thread. */
    private static final class Once<T> implements Supplier<T> {
        private final Supplier<T> source;
        private T value;

        private Once(Supplier<T> source) {
            this.source = source;
        }

        @Override
        public T get() {
            if (value == null) {
                value = source.get();
            }
            return value;
        }
    }
}
