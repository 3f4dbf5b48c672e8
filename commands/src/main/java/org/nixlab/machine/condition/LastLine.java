package org.nixlab.machine.condition;

import org.nixlab.talk.Result;

/** The line that says best why a command ended as it did. */
public final class LastLine {
    private LastLine() {}

    /** Returns the last line of its errors, or else of its output; empty if it printed nothing. */
    public static String of(Result result) {
        var words = result.getErr().isBlank() ? result.getOut() : result.getErr();
        return words.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce((first, second) -> second)
                .orElse("");
    }
}
