package org.nixlab.shell.script;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

import org.nixlab.scenario.ScenarioRun;

/** A scenario in one of its languages. Confined to the thread that runs it, but for {@link #explain}. */
public interface ScenarioCode extends AutoCloseable {
    /** How long it may take where nobody says otherwise; the test driver of NixOS has the same limit. */
    Duration LIMIT = Duration.ofHours(1);

    /**
     * Looks for mistakes in the text itself, before any network is loaded.
     *
     * @throws org.nixlab.base.LabException (usage) for the first, with its place
     */
    void checkText();

    /** Returns the network that the text names, as far as that is known without running it. */
    Optional<String> network();

    /** Loads a network that was named for it: a file. */
    void load(String network);

    /**
     * Looks for names that mean nothing, now that the network is loaded.
     *
     * @throws org.nixlab.base.LabException (usage) that names all, each with its place
     */
    void checkNames();

    /** Runs it to its end. */
    void run(ScenarioRun run);

    /**
     * Lets the user look around where it stopped.
     *
     * @param prompt asks for lines of Groovy, until the user leaves
     */
    void ask(Consumer<ScriptSession> prompt);

    /** Returns the failure to tell of what escaped it. */
    RuntimeException explain(Throwable thrown);

    /** Leaves nothing behind. */
    @Override
    default void close() {}
}
