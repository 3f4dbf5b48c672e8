package org.nixlab.shell.terminal;

import java.io.IOException;
import java.util.List;

import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.nixlab.base.LabException;

/** The user's terminal, opened when it is first needed: often it never is. */
public final class UserTerminal implements AutoCloseable {
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final TerminalType type;
    private final Runnable onInterrupt;
    private Terminal terminal; // guarded by this

    /** @param onInterrupt called at Ctrl-C while no line is being read */
    public UserTerminal(TerminalType type, Runnable onInterrupt) {
        this.type = type;
        this.onInterrupt = onInterrupt;
    }

    public synchronized Terminal get() {
        if (terminal == null) {
            try {
                terminal = open(type.name());
            } catch (IOException e) {
                throw LabException.host("the terminal could not be opened", "", e.getMessage());
            }
            if (terminal.getWidth() <= 0) {
                // Terminals made by programs often have no size, and JLine then shows nothing.
                terminal.setSize(new Size(COLUMNS, ROWS));
            }
            terminal.handle(Terminal.Signal.INT, signal -> onInterrupt.run());
        }
        return terminal;
    }

    private static Terminal open(String name) throws IOException {
        // JLine asks a program about terminals it knows itself.
        for (var type : List.of("xterm", "xterm-256color", "screen", "screen-256color")) {
            InfoCmp.setLoadedInfoCmp(type, () -> InfoCmp.getDefaultInfoCmp(type));
        }
        try {
            // Left to choose, JLine tries every way in turn, and starts programs to do so.
            return builder(name)
                    .provider(TerminalBuilder.PROP_PROVIDER_JNI)
                    .dumb(false)
                    .build();
        } catch (IOException | RuntimeException | LinkageError e) {
            return builder(name).build();
        }
    }

    private static TerminalBuilder builder(String name) {
        return TerminalBuilder.builder()
                .type(name)
                .system(true)
                .nativeSignals(true)
                .signalHandler(Terminal.SignalHandler.SIG_IGN);
    }

    public int columns() {
        return get().getWidth();
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
