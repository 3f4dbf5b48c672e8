package org.nixlab.shell.host;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.command.display.Display;

/** What a command of the host prints, shown by a thread of its own as it comes. */
final class HostOutput {
    private final InputStream from;
    private final Display.Target to;
    private final Thread thread;
    private volatile Optional<LabException> failure = Optional.empty();

    private HostOutput(InputStream from, Display.Target to) {
        this.from = from;
        this.to = to;
        this.thread = Threads.unstarted("host-output", this::pass);
    }

    /** Begins to show; the stream is closed at its end, or when nothing can be shown any more. */
    static HostOutput show(InputStream from, Display.Target to) {
        var output = new HostOutput(from, to);
        output.thread.start();
        return output;
    }

    /**
     * Waits until all is shown.
     *
     * @throws LabException if it could not be shown
     */
    void awaitEnd() throws InterruptedException {
        thread.join();
        failure.ifPresent(reason -> {
            throw reason;
        });
    }

    // Closing the stream ends a command that prints on.
    private void pass() {
        var buffer = new byte[1 << 13];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, read);
            }
        } catch (IOException e) {
            // The command was ended; there is nothing more to show.
        } catch (LabException e) {
            failure = Optional.of(e);
        }
    }
}
