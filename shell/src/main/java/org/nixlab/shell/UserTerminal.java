package org.nixlab.shell;

import java.io.IOException;

import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.nixlab.base.LabException;

/** The user's terminal, opened when it is first needed: often it never is. */
final class UserTerminal implements AutoCloseable {
    private final Runnable onInterrupt;
    private Terminal terminal; // guarded by this

    /** @param onInterrupt called at Ctrl-C while no line is being read */
    UserTerminal(Runnable onInterrupt) {
        this.onInterrupt = onInterrupt;
    }

    synchronized Terminal get() {
        if (terminal == null) {
            try {
                terminal = TerminalBuilder.builder()
                        .system(true)
                        .nativeSignals(true)
                        .signalHandler(Terminal.SignalHandler.SIG_IGN)
                        .build();
            } catch (IOException e) {
                throw LabException.host("the terminal could not be opened", "", e.getMessage());
            }
            terminal.handle(Terminal.Signal.INT, signal -> onInterrupt.run());
        }
        return terminal;
    }

    int columns() {
        int width = get().getWidth();
        return width > 0 ? width : 80;
    }

    @Override
    public synchronized void close() {
        if (terminal != null) {
            try {
                terminal.close();
            } catch (IOException e) {
                // The program ends; the terminal is as good as it gets.
            }
        }
    }
}
