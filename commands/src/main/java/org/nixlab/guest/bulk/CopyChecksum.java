package org.nixlab.guest.bulk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.nixlab.guest.channel.FileChecksum;
import org.nixlab.guest.channel.PosixChecksum;

/** How both sides of a copy find out that the content of each file arrived as it was. */
public enum CopyChecksum {
    /** On every POSIX system. */
    POSIX("cksum", "[0-9]+ [0-9]+", PosixChecksum::new),
    /** Takes an emulated machine a fifth of the time. */
    XXH32("xxhsum -q -H0", "[0-9a-f]{8}", FileChecksum::xxh32);

    private final String program;
    private final String form;
    private final Supplier<FileChecksum> start;
    private final Pattern line;

    CopyChecksum(String program, String form, Supplier<FileChecksum> start) {
        this.program = program;
        this.form = form;
        this.start = start;
        // Names come after a slash: the rest of a name with newlines does not look like this. A backslash before the
        // line
        // says that there are escapes in the name.
        this.line = Pattern.compile("^\\\\?(" + form + ") +\\./.*", Pattern.MULTILINE);
    }

    public FileChecksum start() {
        return start.get();
    }

    /** Returns the program, which also reads its standard input. */
    public String program() {
        return program;
    }

    /**
     * Returns bash that prints a checksum and a name for each file of a tree; the tree's name begins with {@code ./}. What
     * the array {@code pruned} says to {@code find} is left out.
     */
    public String print(String tree) {
        return "if [[ -f " + tree + " && ! -L " + tree + " ]]; then " + program + " " + tree + "; else find " + tree
                + " \"${pruned[@]}\" -type f -exec " + program + " {} +; fi";
    }

    /** Returns bash that makes the checksums alone, sorted, from what {@link #print} prints. */
    public String sorted() {
        return "LC_ALL=C sed -nE 's#^\\\\?(" + form + ") +[.]/.*#\\1#p' | LC_ALL=C sort";
    }

    /** Returns the checksums alone, sorted, from what {@link #print} printed. */
    public List<String> sorted(String printed) {
        var found = new ArrayList<String>();
        var matcher = line.matcher(printed);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        Collections.sort(found);
        return found;
    }

    /** Returns the checksum in a line, without its end, that {@link #print} printed, if there is one. */
    public Optional<String> sum(String printedLine) {
        var matcher = line.matcher(printedLine);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
