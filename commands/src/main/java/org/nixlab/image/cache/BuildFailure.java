package org.nixlab.image.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.nixlab.base.LabException;

/** Says why an image could not be built, and what to do about it. */
public final class BuildFailure {
    private static final int TAIL = 8;
    /** What apt-get(8) says of packages that cannot be installed together, or at all. */
    private static final Pattern UNMET = Pattern.compile("\\S+ : [A-Z]\\w+: .*");

    private static final Pattern DISK_FULL = Pattern.compile("No space left on device|not enough free space");
    private static final Pattern NO_NETWORK = Pattern.compile(
            "Temporary failure resolving|Could not resolve|Could not connect|Unable to connect|Network is unreachable"
                    + "|Connection refused|Connection timed out");
    private static final Pattern NO_SUBORDINATE_IDS =
            Pattern.compile("no entry in /etc/sub[ug]id|/etc/sub[ug]id.*(no|not)|unprivileged_userns_clone");

    private BuildFailure() {}

    public static LabException of(String what, IOException e) {
        var text = String.valueOf(e.getMessage());
        var hint = DISK_FULL.matcher(text).find() ? "free some space, for example with: nixlab images prune" : "";
        return LabException.host(what + " could not be built: " + text, "", hint, e);
    }

    /**
     * Returns the failure of a program whose output is in a log.
     *
     * @param output what it printed last
     */
    public static LabException of(String what, String program, String output, Path log) {
        var place = log.toString();
        if (DISK_FULL.matcher(output).find()) {
            return diskFull(what, place);
        }
        if (NO_SUBORDINATE_IDS.matcher(output).find()) {
            return LabException.host(
                    what + " could not be built: this user has no subordinate ids",
                    place,
                    "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 $USER");
        }
        if (NO_NETWORK.matcher(output).find()) {
            return LabException.build(
                    what + " could not be built: the Debian mirror cannot be reached" + quote(output),
                    place,
                    "check the network, or name another mirror with --mirror URL");
        }
        return LabException.build(what + " could not be built: " + program + " failed" + quote(output), place, "");
    }

    /**
     * Returns the failure of a user's script.
     *
     * @param status what it exited with
     */
    public static LabException ofScript(String what, String status, String output, Path log) {
        if (DISK_FULL.matcher(output).find()) {
            return diskFull(what, log.toString());
        }
        return LabException.build(
                what + " could not be built: its script exited with " + status + end(lines(output)),
                log.toString(),
                NO_NETWORK.matcher(output).find()
                        ? "such scripts have no network: name the file it is to work on"
                        : "");
    }

    static LabException diskFull(String what, String place) {
        return LabException.host(
                what + " could not be built: the disk is full",
                place,
                "free some space, for example with: nixlab images prune");
    }

    private static String quote(String output) {
        var lines = lines(output);
        var errors = lines.stream()
                .filter(line -> line.startsWith("E:")
                        || line.startsWith("dpkg: error")
                        || UNMET.matcher(line).matches())
                .toList();
        return end(errors.isEmpty() ? lines : errors);
    }

    private static List<String> lines(String output) {
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    private static String end(List<String> lines) {
        var last = lines.subList(Math.max(0, lines.size() - TAIL), lines.size());
        return last.isEmpty() ? "" : "\n  " + String.join("\n  ", last);
    }
}
