package org.nixlab.machine;

import org.nixlab.base.Deadline;
import org.nixlab.guest.KeptShell;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;

import static java.util.Objects.requireNonNull;

/** A kept shell whose failures say what became of the machine. */
final class GuestShellSession implements ShellSession {
    private final String machine;
    private final Boot boot;
    private final KeptShell shell;

    GuestShellSession(String machine, Boot boot, KeptShell shell) {
        this.machine = requireNonNull(machine, "machine");
        this.boot = requireNonNull(boot, "boot");
        this.shell = requireNonNull(shell, "shell");
    }

    @Override
    public Result execute(String command, Deadline deadline) {
        var kept = new KeptOutput();
        var begin = System.nanoTime();
        int exitCode = boot.explaining(() -> shell.run(command, kept, deadline));
        return kept.result(machine, command, exitCode, begin);
    }

    @Override
    public void close() {
        shell.close();
    }
}
