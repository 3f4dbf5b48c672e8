package org.nixlab.lab.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths below a lab's home, as they stay right when that is moved or copied. */
final class LabPaths {
    private final Path home;
    private final Pattern inText;

    LabPaths(Path home) {
        this.home = home.toAbsolutePath().normalize();
        // Behind it a path goes on, or a flake reference.
        this.inText = Pattern.compile("(?<=^|[=:])" + Pattern.quote(this.home.toString()) + "(?=$|[/?#])");
    }

    /** Returns a path from the home on, or the whole one if it lies elsewhere. */
    String relative(Path path) {
        var whole = path.toAbsolutePath().normalize();
        return (whole.startsWith(home) ? home.relativize(whole) : whole).toString();
    }

    /** Returns what names a file or a flake, with the home's path replaced by a dot. */
    String relative(String text) {
        return inText.matcher(text).replaceFirst(Matcher.quoteReplacement("."));
    }

    /** Returns words for Nix with what {@code -I} names treated so. */
    List<String> relativeSearch(List<String> words) {
        var all = new ArrayList<>(words);
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i).equals("-I")) {
                i++;
                all.set(i, relative(all.get(i)));
            }
        }
        return all;
    }
}
