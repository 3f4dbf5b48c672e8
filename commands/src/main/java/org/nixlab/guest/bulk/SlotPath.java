package org.nixlab.guest.bulk;

import java.io.InputStream;
import java.io.OutputStream;

import org.nixlab.guest.channel.CommandOutput;
import org.nixlab.guest.channel.RunningCommand;

/** The standard input and output of the command: the only way into a machine that others built. */
public final class SlotPath implements CopyPath {
    @Override
    public CopyChecksum checksum() {
        return CopyChecksum.POSIX;
    }

    @Override
    public boolean takesInput() {
        return true;
    }

    @Override
    public String receiving() {
        return "exec 7<&0";
    }

    @Override
    public String sending() {
        return "exec 7>&1";
    }

    @Override
    public String sent() {
        return ":";
    }

    @Override
    public OutputStream output(RunningCommand running, CommandOutput output) {
        return running.stdin();
    }

    @Override
    public InputStream input(RunningCommand running, CommandOutput output) {
        return output;
    }

    @Override
    public void disconnect() {}
}
