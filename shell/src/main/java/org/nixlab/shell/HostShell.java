package org.nixlab.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.function.Function;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.command.Display;

/** Commands for the host's shell: {@code !ls}, and what stands behind {@code |} and {@code >}. */
final class HostShell {
    private final Path directory;
    private final boolean ownTerminal;

    /** @param ownTerminal whether the commands get nixlab's own standard streams, for example for a pager */
    HostShell(Path directory, boolean ownTerminal) {
        this.directory = directory;
        this.ownTerminal = ownTerminal;
    }

    /** Runs a command with nothing to read but the terminal. */
    ExitCode run(String command, Display display) {
        var input = ownTerminal
                ? Redirect.INHERIT
                : Redirect.from(Path.of("/dev/null").toFile());
        return finish(start(command, input), display);
    }

    /** Runs a command that reads what {@code source} writes. Fails if either does. */
    ExitCode pipe(String command, Display display, Function<Display, ExitCode> source) {
        var process = start(command, Redirect.PIPE);
        ExitCode own;
        try (var stream = new Pipe(process.getOutputStream())) {
            own = source.apply(display.withOut(stream));
        } catch (RuntimeException e) {
            process.destroy();
            throw e;
        }
        var host = finish(process, display);
        return own == ExitCode.OK ? host : own;
    }

    private Process start(String command, Redirect input) {
        try {
            var builder = new ProcessBuilder("/bin/sh", "-c", command)
                    .directory(directory.toFile())
                    .redirectInput(input)
                    .redirectOutput(ownTerminal ? Redirect.INHERIT : Redirect.PIPE)
                    .redirectError(ownTerminal ? Redirect.INHERIT : Redirect.PIPE);
            UserLocale.giveBack(builder.environment());
            return builder.start();
        } catch (IOException e) {
            throw LabException.host("the host's shell could not be started", "/bin/sh", e.getMessage());
        }
    }

    private ExitCode finish(Process process, Display display) {
        try {
            if (!ownTerminal) {
                var errors = pump(process.getErrorStream(), display.err());
                pump(process.getInputStream(), display.out()).join();
                errors.join();
            }
            return process.waitFor() == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new CancelledException("the host's command");
        }
    }

    private static Thread pump(InputStream from, Display.Target to) {
        var thread = new Thread(
                () -> {
                    var buffer = new byte[1 << 13];
                    try (from) {
                        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                            to.write(buffer, read);
                        }
                    } catch (IOException e) {
                        // The process was destroyed; there is nothing more to show.
                    }
                },
                "nixlab-host-output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /**
     * What is written to a command that has ended goes nowhere, as in {@code console web | head}: the writer may be a thread
     * that others need.
     */
    private static final class Pipe extends OutputStream {
        private final OutputStream stream;
        private boolean broken;

        Pipe(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                if (!broken) {
                    stream.write(bytes, offset, length);
                    stream.flush();
                }
            } catch (IOException e) {
                broken = true;
            }
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                broken = true;
            }
        }
    }
}
