package org.nixlab.machine.host;

import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.talk.TerminalSession;

import static java.util.Objects.requireNonNull;

/** A terminal whose user is told, as long as it is open, that its machine stands still. */
public final class WatchedTerminal implements TerminalSession {
    private final TerminalSession terminal;
    private final StandstillWatch watch;

    private WatchedTerminal(TerminalSession terminal, StandstillWatch watch) {
        this.terminal = requireNonNull(terminal, "terminal");
        this.watch = requireNonNull(watch, "watch");
    }

    /**
     * Opens a terminal under a watch, which ends with it.
     *
     * @param notes as of {@link StandstillWatch#tell}
     */
    public static TerminalSession open(
            StandstillWatch watch, Consumer<String> notes, Supplier<TerminalSession> opening) {
        watch.tell(notes);
        watch.start();
        try {
            return new WatchedTerminal(opening.get(), watch);
        } catch (RuntimeException | Error e) {
            watch.close();
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(Deadline deadline) {
        return terminal.read(deadline);
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
        watch.close();
        terminal.close();
    }
}
