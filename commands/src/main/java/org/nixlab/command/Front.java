package org.nixlab.command;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a verb may ask of the program it was typed into. */
public interface Front {
    /** Returns the lines typed so far, the oldest first. */
    List<String> history();

    /** Ends the program after this line; machines go on. */
    void leave();

    /** Runs a scenario and returns what it came to. */
    Outcome script(Scenario scenario, Context context);

    /** Returns the user's terminal, if there is one. */
    Optional<Screen> screen();

    /** Returns the program's own standard input. */
    InputStream input();

    /**
     * A scenario to run.
     *
     * @param file the Groovy file
     * @param arguments what it finds in {@code args}
     * @param network the network it drives, if it names none itself
     * @param keep whether the lab stays up at its end
     */
    record Scenario(Path file, List<String> arguments, Optional<Path> network, boolean keep) {}
}
