package org.nixlab.guest.copy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What did not come as it is, in words for the user. Safe for use by many threads. */
final class CopyNotes {
    private static final int SHOWN = 5;

    /** Why. */
    enum Reason {
        SPECIAL("pipes, sockets and devices are left out"),
        LAB("left out, because labs keep their disks there"),
        HELD("left out, because nixlab has locked them"),
        KERNEL("left out, because they are the kernel's"),
        MUTE("the kernel gives nothing to read there"),
        CHANGED("changed while copied"),
        SHRANK("became shorter while copied, and end with zeros"),
        GONE("removed while copied"),
        UNREAD("could not be read");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    private final Map<Reason, Names> names = new EnumMap<>(Reason.class); // guarded by this

    private static final class Names {
        final Set<String> first = new LinkedHashSet<>();
        int more;
    }

    /** @param name as text */
    synchronized void add(Reason reason, String name) {
        var known = names.computeIfAbsent(reason, any -> new Names());
        if (known.first.size() < SHOWN) {
            known.first.add(name);
        } else if (!known.first.contains(name)) {
            known.more++;
        }
    }

    /** Returns a line for each reason that fails nothing. */
    synchronized List<String> lines() {
        var lines = new ArrayList<String>();
        names.forEach((reason, known) -> {
            if (reason != Reason.UNREAD) {
                lines.add(line(reason, known));
            }
        });
        return lines;
    }

    /** Returns what should have been copied and was not, if there is such. */
    synchronized Optional<String> unread() {
        return Optional.ofNullable(names.get(Reason.UNREAD)).map(known -> line(Reason.UNREAD, known));
    }

    private static String line(Reason reason, Names known) {
        return reason.text + ": " + String.join(", ", known.first)
                + (known.more > 0 ? " and " + known.more + " more" : "");
    }
}
