package org.nixlab.machine.qemu;

import org.nixlab.base.Deadline;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;

/** A shell whose failures say what became of the machine. */
record ExplainedShell(ShellSession shell, GuestBoot boot) implements ShellSession {
    @Override
    public Result execute(String command, Deadline deadline) {
        return boot.explaining(() -> shell.execute(command, deadline));
    }

    @Override
    public void close() {
        shell.close();
    }
}
