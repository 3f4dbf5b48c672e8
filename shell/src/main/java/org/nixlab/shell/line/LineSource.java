package org.nixlab.shell.line;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where lines come from: a person at a terminal, a file, options. */
public interface LineSource {
    /** What to ask with for what an open bracket needs. */
    String MORE = "... ";

    /** Returns the next line, waiting for it; empty at the end. */
    Optional<String> next(String prompt);

    /** Returns whether a person types them: prompts are drawn, and a failure is not the end. */
    boolean interactive();

    /** Goes on with the lines that a file remembers, where lines are remembered; it need not exist. */
    default void useHistory(Path file) {}

    /** Told that the user interrupted a line: what was typed to be run behind it is not wanted any more. */
    default void interrupted() {}

    /** Returns whether the user interrupted the last line while it was asked for: it does not go on with those before. */
    default boolean beganAnew() {
        return false;
    }

    /** Returns the lines so far, the oldest first. */
    List<String> history();
}
