package org.nixlab.guest.bulk;

import java.io.InputStream;
import java.io.OutputStream;

import org.nixlab.guest.channel.CommandOutput;
import org.nixlab.guest.channel.RunningCommand;

/**
 * The way the bytes of one copy take. The script of the copy begins with what this says, and then reads the bytes from
 * descriptor 7, or writes them there.
 */
public interface CopyPath extends AutoCloseable {
    CopyChecksum checksum();

    /** Returns whether the script needs a standard input for the bytes it receives. */
    boolean takesInput();

    /** Returns bash that makes descriptor 7 what comes from the host. */
    String receiving();

    /** Returns bash that makes descriptor 7 what goes to the host. */
    String sending();

    /** Returns bash that comes after the last byte sent. */
    String sent();

    /**
     * Returns where the host writes to, once the guest listens. Writing blocks, and fails when the path is closed or the
     * command has ended.
     *
     * @param output the output of the command, of which the path may read the first line
     */
    OutputStream output(RunningCommand running, CommandOutput output);

    /** Returns where the host reads from, up to the end of what was sent, or of a command that failed. */
    InputStream input(RunningCommand running, CommandOutput output);

    /** Lets whoever still writes fail: the command has ended. */
    void disconnect();

    @Override
    default void close() {
        disconnect();
    }
}
