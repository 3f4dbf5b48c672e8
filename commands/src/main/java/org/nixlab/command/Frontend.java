package org.nixlab.command;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a verb may ask of the program it was typed into. */
public interface Frontend {
    /** Returns the lines typed so far, the oldest first. */
    List<String> history();

    /** Ends the program after this line; machines go on. */
    void leave();

    /** Runs a scenario and returns what it came to. */
    Outcome script(Scenario scenario, Context context);

    /** Returns the user's terminal, if there is one. */
    Optional<Screen> screen();

    /**
     * Opens a file of the host in the user's editor and returns when that has ended.
     *
     * @throws org.nixlab.base.LabException if there is no terminal, or the editor fails
     */
    void edit(Path file);

    /** Opens an address in the user's browser, if the user has a graphical screen. Does not wait for it. */
    void browse(String address);

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
