package org.nixlab.guest.copy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import org.nixlab.guest.bulk.CopyChecksum;
import org.nixlab.guest.copy.CopyNotes.Reason;
import org.nixlab.guest.tar.RawName;
import org.nixlab.guest.tar.TarReader;

/**
 * What a machine says of a copy on its error output: checksums, what tar complains of, and why it failed. Keeps little,
 * however much it says. Used by one thread.
 */
final class CopyReport {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final int LONGEST_REASON = 300;
    private static final String SUMMARY = "tar: Exiting with failure status due to previous errors";

    /** Said by the scripts of copies in the form of tar. */
    static final String MUTE = "nothing to read";

    static final String KERNEL = "of the kernel";

    private static final Pattern COMPLAINT = Pattern.compile("tar: (?:\\./)?(.*): (file changed as we read it"
            + "|File removed before we read it|File shrank by .*|(?:Warning: )?(?:Cannot|Read error).*|[^:]* ignored"
            + "|" + MUTE + "|" + KERNEL + ")");
    /** Of a directory that went while the checksums were made: the checksums that are missing tell enough. */
    private static final Pattern GONE = Pattern.compile("find: .*: No such file or directory");

    private static final Pattern SENT = Pattern.compile("sent (.*)");

    private final CopyChecksum checksum;
    private final CopyNotes notes;
    private final String name;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, Integer> sums = new HashMap<>();
    private String reason = "";
    private String sent = "";

    /** @param name what the tree is called to the user, in the place of the first name of each path */
    CopyReport(CopyChecksum checksum, CopyNotes notes, String name) {
        this.checksum = checksum;
        this.notes = notes;
        this.name = name;
    }

    void add(byte[] data) {
        for (var value : data) {
            if (value == '\n') {
                endLine();
            } else if (line.size() < LONGEST_LINE) {
                line.write(value);
            }
        }
    }

    /** Returns the checksums of the files, with how many have each. */
    Map<String, Integer> sums() {
        return sums;
    }

    /** Returns the checksum of all that was sent, or an empty text. */
    String sent() {
        return sent;
    }

    /** Returns the first thing said that is neither a checksum nor a note. */
    Optional<String> reason() {
        return Optional.of(reason).filter(text -> !text.isEmpty());
    }

    private void endLine() {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        var sum = checksum.sum(text);
        var complaint = COMPLAINT.matcher(text);
        var total = SENT.matcher(text);
        if (sum.isPresent()) {
            if (sums.size() < TarReader.MOST_ENTRIES) {
                sums.merge(sum.get(), 1, Integer::sum);
            }
        } else if (total.matches()) {
            sent = total.group(1).strip();
        } else if (complaint.matches()) {
            notes.add(reason(complaint.group(2)), shown(complaint.group(1)));
        } else if (!text.equals(SUMMARY)
                && !GONE.matcher(text).matches()
                && (sums.isEmpty() || text.startsWith("tar: "))) {
            // The rest of a name with newlines may come after a checksum.
            reason = reason.isEmpty() ? text.substring(0, Math.min(text.length(), LONGEST_REASON)) : reason;
        }
    }

    // The words are those of GNU tar in the locale C.
    private static Reason reason(String words) {
        if (words.equals("file changed as we read it")) {
            return Reason.CHANGED;
        }
        if (words.startsWith("File removed before") || words.endsWith("No such file or directory")) {
            return Reason.GONE;
        }
        if (words.startsWith("File shrank")) {
            return Reason.SHRANK;
        }
        if (words.equals(MUTE)) {
            return Reason.MUTE;
        }
        if (words.equals(KERNEL)) {
            return Reason.KERNEL;
        }
        return words.endsWith(" ignored") ? Reason.SPECIAL : Reason.UNREAD;
    }

    private String shown(String path) {
        var real = RawName.shown(RawName.unescape(path));
        var slash = real.indexOf('/');
        return slash < 0 ? name : name + real.substring(slash);
    }
}
