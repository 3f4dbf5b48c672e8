package org.nixlab.shell.completion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import org.jline.reader.Candidate;

/**
 * Collects candidates that begin with what was typed.
 *
 * @param typed the word so far
 */
record Choices(String typed, List<Candidate> candidates) {
    /** Offers a word that is then complete. */
    void word(String value, String group, String description) {
        offer(value, group, description, true);
    }

    /** Offers the beginning of a word: more can follow at once. */
    void beginning(String value, String group) {
        offer(value, group, "", false);
    }

    private void offer(String value, String group, String description, boolean complete) {
        if (value.startsWith(typed)) {
            candidates.add(new Candidate(
                    value, value, group, description.isEmpty() ? null : description, null, null, complete));
        }
    }

    /** Offers selectors; what stands before the last comma or behind an exclamation mark stays. */
    void selectors(Names names) {
        int cut = Math.max(typed.lastIndexOf(','), typed.lastIndexOf('!')) + 1;
        var before = typed.substring(0, cut);
        names.machines().forEach(name -> word(before + name, "machines", ""));
        names.tags().forEach(tag -> word(before + "@" + tag, "tags", ""));
        word(before + "all", "machines", "all of them");
    }

    /** Offers paths of attributes, a name at a time. */
    void attributePaths(List<String> paths) {
        int begin = typed.lastIndexOf('.') + 1;
        var offered = new HashSet<String>();
        for (var path : paths) {
            // In place of <name> the user's own names stand.
            if (!path.startsWith(typed) || path.startsWith("<", begin)) {
                continue;
            }
            int dot = path.indexOf('.', begin);
            if (dot < 0) {
                word(path, "options", "");
            } else if (offered.add(path.substring(0, dot))) {
                beginning(path.substring(0, dot + 1), "options");
            }
        }
    }

    /** Offers files of the host. */
    void files(Path directory) {
        int cut = typed.lastIndexOf('/') + 1;
        var before = typed.substring(0, cut);
        var base = before.startsWith("~/")
                ? Path.of(System.getProperty("user.home")).resolve(before.substring(2))
                : directory.resolve(before);
        for (var file : list(base)) {
            var name = file.getFileName().toString();
            if (name.startsWith(".") && !typed.substring(cut).startsWith(".")) {
                continue;
            }
            if (Files.isDirectory(file)) {
                beginning(before + name + "/", "files");
            } else {
                word(before + name, "files", "");
            }
        }
    }

    private static List<Path> list(Path directory) {
        var files = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory)) {
            stream.forEach(files::add);
        } catch (IOException e) {
            // What cannot be read has nothing to offer.
        }
        return files;
    }
}
