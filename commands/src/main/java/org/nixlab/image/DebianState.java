package org.nixlab.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What later layers and configurations need to know of a root directory: accounts, dpkg's status, the files of every
 * package, alternatives, and the units that installing packages would have started.
 */
final class DebianState {
    static final String FILE = "state.json";
    private static final String INFO = "var/lib/dpkg/info/";
    private static final String ALTERNATIVES = "var/lib/dpkg/alternatives/";
    private static final List<String> ACCOUNTS = List.of("etc/passwd", "etc/group", "etc/shadow", "etc/gshadow");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> texts;

    private DebianState(Map<String, String> texts) {
        this.texts = texts;
    }

    /** Returns an empty state. */
    static DebianState empty() {
        return new DebianState(new LinkedHashMap<>());
    }

    /** Returns a state to add to, beginning with this one. */
    DebianState copy() {
        return new DebianState(new LinkedHashMap<>(texts));
    }

    static boolean wants(String path) {
        return ACCOUNTS.contains(path)
                || path.equals("var/lib/dpkg/status")
                || path.startsWith(ALTERNATIVES)
                || path.startsWith(INFO) && path.endsWith(".list");
    }

    void add(String path, byte[] content) {
        texts.put(path, new String(content, StandardCharsets.UTF_8));
    }

    void write(Path directory) throws IOException {
        Files.write(directory.resolve(FILE), JSON.writeValueAsBytes(texts));
    }

    static DebianState read(Path directory) throws IOException {
        var type = JSON.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, String.class);
        return new DebianState(JSON.readValue(Files.readAllBytes(directory.resolve(FILE)), type));
    }

    String text(String path) {
        return texts.getOrDefault(path, "");
    }

    String status() {
        return text("var/lib/dpkg/status");
    }

    /** Returns the paths a package installed, absolute, or empty if it is not installed. */
    Optional<List<String>> filesOf(String packageName) {
        for (var entry : texts.entrySet()) {
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
        texts.forEach((path, text) -> {
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
}
