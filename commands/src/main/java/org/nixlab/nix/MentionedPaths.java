package org.nixlab.nix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The relative paths in the text of Nix files: an evaluation may read what is there with {@code builtins.readFile} and its
 * like, of which Nix does not tell.
 */
public final class MentionedPaths {
    private static final Pattern PATH = Pattern.compile("(?<![\\w./+-])\\.\\.?(?:/[\\w.+-]*[\\w+-])+");

    private MentionedPaths() {}

    /** Returns what files mention, be it there or not; of a directory also the files in it, but not what is below. */
    public static List<Path> in(List<Path> files) {
        var all = new LinkedHashSet<Path>();
        for (var file : files) {
            var paths = PATH.matcher(text(file));
            while (paths.find()) {
                var path = file.resolveSibling(paths.group()).normalize();
                all.add(path);
                all.addAll(filesIn(path));
            }
        }
        return new ArrayList<>(all);
    }

    private static List<Path> filesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var list = Files.list(directory)) {
            return list.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            // What may not be read, Nix cannot read either.
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
