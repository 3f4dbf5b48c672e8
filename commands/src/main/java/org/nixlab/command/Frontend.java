package org.nixlab.command;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
     * @param named what the user named: a file, or an output of a flake
     * @param file the file, if it is one
     * @param arguments what it finds in {@code args}
     * @param network the network it drives, if it names none itself
     * @param settings what its parameters are set to, by their names
     * @param end what becomes of the machines
     * @param limit how long it may take, if the user says that
     * @param checkOnly whether to look for mistakes only, and start nothing
     * @param stopsAtFailure whether to ask the user for lines where it fails, with the machines running
     * @param verbose whether to show every command and wait
     */
    record Scenario(
            String named,
            Path file,
            List<String> arguments,
            Optional<Path> network,
            Map<String, String> settings,
            End end,
            Optional<Duration> limit,
            boolean checkOnly,
            boolean stopsAtFailure,
            boolean verbose) {
        public Scenario {
            arguments = List.copyOf(arguments);
            settings = Map.copyOf(settings);
        }
    }

    /**
     * What becomes of the machines of a scenario.
     *
     * @param ownDisks whether it has fresh disks of its own, not the lab's
     * @param keep whether the machines go on at its end
     */
    record End(boolean ownDisks, boolean keep) {}
}
