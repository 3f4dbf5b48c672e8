package org.nixlab.scenario.python;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

import org.nixlab.base.CancelledException;
import org.nixlab.base.LabException;

/**
 * What a test's script finds behind the test driver's names. Each thread of the script is served by a thread of its own; an
 * interrupt of that ends what it does with {@link CancelledException}.
 */
public interface TestHost {
    /**
     * Calls a method of a machine.
     *
     * @param machine its name, or an empty text for the lab
     * @param method its name in camelCase
     * @param positional plain data
     * @param named plain data, by names in camelCase
     * @return plain data, or a {@link org.nixlab.talk.Result}
     * @throws LabException whose exit code tells the script what kind of failure it is
     */
    Object call(String machine, String method, List<?> positional, Map<String, ?> named);

    /**
     * Does a part of the test by calling {@code body}, once and in this thread. What that throws has failed the test: it is
     * thrown on.
     */
    void step(String name, Callable<?> body);

    /**
     * Watches from now on that something holds; if it does not, the thread that runs the script is interrupted.
     *
     * @param look throws {@link LabException} if it does not hold; called by one thread at a time
     * @return what ends the watch, without waiting for a look that goes on
     */
    Runnable watch(String name, Duration every, Callable<?> look);

    /** Hears a line that the script says: its output, its log. */
    void say(String line);

    /** Hears a line of the script's standard error. */
    void complain(String line);

    /** Shows from now on what the machines' consoles print, or no longer. */
    void console(boolean shown);

    /** Is told that the script stands still where it failed. Returns whether the user gives it lines of Python there. */
    boolean stopped(LabException failure);

    /** Returns the user's next line; empty if he leaves. */
    Optional<String> line(String prompt);
}
