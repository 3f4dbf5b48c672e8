package org.nixlab.talk;

import org.nixlab.base.Deadline;

/**
 * A shell in a guest that keeps its working directory, variables, functions and options from one command to the next. For
 * one thread at a time. It ends with its machine, with a command that exits it, and when a command does not end in time.
 */
public interface ShellSession extends AutoCloseable {
    /**
     * Runs a command; a non-zero exit code is a result, not a failure.
     *
     * @throws org.nixlab.base.LabException (host) if the shell has ended, or ends by this command
     */
    Result execute(String command, Deadline deadline);

    @Override
    void close();
}
