package org.nixlab.machine.qemu;

import java.io.OutputStream;
import java.util.Optional;

import org.nixlab.base.Deadline;
import org.nixlab.talk.TerminalSession;

/** A terminal whose failures say what became of the machine. */
record ExplainedTerminal(TerminalSession terminal, GuestBoot boot) implements TerminalSession {
    @Override
    public Optional<byte[]> read(Deadline deadline) {
        return boot.explaining(() -> terminal.read(deadline));
    }

    @Override
    public OutputStream keyboard() {
        return terminal.keyboard();
    }

    @Override
    public void resize(int columns, int rows) {
        terminal.resize(columns, rows);
    }

    @Override
    public void close() {
        terminal.close();
    }
}
