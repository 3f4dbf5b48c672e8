package org.nixlab.nix;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What Nix writes to standard error while it evaluates with {@code -vv}: among others every file it reads. */
public record EvaluationLog(String text) {
    private static final String OWN = "trace: nixlab: ";
    private static final String WARNING = "warning: ";
    /** As nixpkgs warns, and the Nix that knows warnings. */
    private static final Pattern OF_NIXPKGS =
            Pattern.compile("(?:trace: )?(?:\u001b\\[[0-9;]*m)*(?:evaluation )?warning: ?(?:\u001b\\[[0-9;]*m)*(.*?)"
                    + "(?:\u001b\\[[0-9;]*m)*");

    private static final Pattern READ = Pattern.compile("(?:evaluating file '(/.*)'|copied source '(/.*)' -> '.*')");
    private static final Pattern NOISE = Pattern.compile("(?:evaluating file|copied source|copying) '.*"
            + "|(?:acquiring|locking|lock|instantiated|warning: the group '[^']*' specified|warning: Git tree) .*"
            + "|warning: (?:error: )?SQLite database .* is busy.*");

    /** Returns the files that were read, the network file first, without those in directories that never change. */
    public List<Path> filesRead(Path networkFile, Collection<Path> unchanging) {
        var files = new LinkedHashSet<Path>(List.of(networkFile));
        text.lines().forEach(line -> {
            var read = READ.matcher(line);
            if (read.matches()) {
                var file = Path.of(read.group(1) == null ? read.group(2) : read.group(1));
                if (unchanging.stream().noneMatch(file::startsWith)) {
                    files.add(file);
                    // Nix does not tell that it reads the locks of flakes.
                    if (file.endsWith("flake.nix")) {
                        files.add(file.resolveSibling("flake.lock"));
                    }
                }
            }
        });
        return List.copyOf(files);
    }

    /** Returns what users should know of: warnings, traces, and what nixlab's own expressions say. */
    public List<String> notes() {
        return withoutNoise().lines().map(EvaluationLog::note).distinct().toList();
    }

    /** Returns notes without warnings that are told otherwise, with the name of their machine. */
    static List<String> without(List<String> notes, List<String> warnings) {
        var told = warnings.stream().flatMap(String::lines).map(String::strip).collect(Collectors.toSet());
        return notes.stream()
                .filter(note ->
                        !told.contains((note.startsWith(WARNING) ? note.substring(WARNING.length()) : note).strip()))
                .toList();
    }

    private static String note(String line) {
        if (line.startsWith(OWN)) {
            return line.substring(OWN.length());
        }
        var warning = OF_NIXPKGS.matcher(line);
        return warning.matches() ? WARNING + warning.group(1) : line;
    }

    /** Returns what was not only written because the files that are read were asked for. */
    public String withoutNoise() {
        return text.lines().filter(line -> !NOISE.matcher(line).matches()).collect(Collectors.joining("\n"));
    }
}
