package org.nixlab.machine;

import java.util.Optional;

import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.ShellWord;

/** The journal of a guest since it booted. */
public final class Journal {
    private Journal() {}

    /**
     * Returns what prints it as text.
     *
     * @param unit only what this unit wrote
     * @param lines only the last so many
     * @param follow whether it goes on with what comes, until it is cancelled
     */
    public static ExecRequest request(Optional<String> unit, Optional<Integer> lines, boolean follow) {
        return ExecRequest.of("journalctl --no-pager --boot"
                + unit.map(name -> " --unit=" + ShellWord.quote(name)).orElse("")
                + lines.map(number -> " --lines=" + number).orElse("")
                + (follow ? " --follow" : ""));
    }
}
