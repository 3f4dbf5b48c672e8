package org.nixlab.talk;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;

/**
 * A shell in a machine that runs one command after the other: what a command does to the working directory, variables,
 * functions and options is there for the next. For one thread at a time.
 *
 * <p>It ends with its machine, with a command that exits it, and with one that times out or is interrupted, since only the
 * shell knows what that has changed so far.
 */
public interface ShellSession extends AutoCloseable {
    /**
     * Runs a command; a non-zero exit code is a result, not a failure.
     *
     * @throws LabException (host) if the shell has ended, or ends by this command
     * @throws org.nixlab.base.DeadlineException if the deadline passes first; the shell is ended
     * @throws org.nixlab.base.CancelledException if the thread is interrupted; the shell is ended
     */
    Result execute(String command, Deadline deadline);

    @Override
    void close();
}
