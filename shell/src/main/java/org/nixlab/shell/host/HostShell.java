package org.nixlab.shell.host;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import org.nixlab.base.CancelledException;
import org.nixlab.base.ExitCode;
import org.nixlab.base.LabException;
import org.nixlab.base.OutputClosedException;
import org.nixlab.command.display.Display;

/** Commands for the host's shell: {@code !ls}, and what stands behind {@code |} and {@code >}. */
public final class HostShell {
    private final Path directory;
    private final boolean ownTerminal;

    /** @param ownTerminal whether the commands get nixlab's own standard streams, for example for a pager */
    public HostShell(Path directory, boolean ownTerminal) {
        this.directory = directory;
        this.ownTerminal = ownTerminal;
    }

    /** Runs a command with nothing to read but the terminal. */
    public ExitCode run(String command, Display display) {
        var input = ownTerminal
                ? Redirect.INHERIT
                : Redirect.from(Path.of("/dev/null").toFile());
        var process = start(command, input);
        return finish(process, shown(process, display));
    }

    /**
     * Runs a command that reads what {@code source} writes. Fails if either does; a command that reads no more ends the
     * source, which is no failure.
     */
    public ExitCode pipe(String command, Display display, Function<Display, ExitCode> source) {
        var process = start(command, Redirect.PIPE);
        // At once: a command whose output nobody takes stops to read.
        var shown = shown(process, display);
        var own = ExitCode.OK;
        try (var stream = new Pipe(process.getOutputStream())) {
            try {
                own = source.apply(display.withOut(stream));
            } catch (OutputClosedException e) {
                if (!stream.broken) {
                    throw e;
                }
            }
        } catch (RuntimeException e) {
            process.destroy();
            throw e;
        }
        var host = finish(process, shown);
        return own == ExitCode.OK ? host : own;
    }

    /** Writes what {@code source} writes to files of the host, as the words of the host's shell say. */
    public ExitCode redirect(String words, Display display, Function<Display, ExitCode> source) {
        var own = new ExitCode[] {ExitCode.OK};
        var written = pipe("cat " + words, display, part -> {
            own[0] = source.apply(part);
            return ExitCode.OK;
        });
        if (written != ExitCode.OK) {
            throw LabException.host("the output could not be written", words, "");
        }
        return own[0];
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

    private List<HostOutput> shown(Process process, Display display) {
        return ownTerminal
                ? List.of()
                : List.of(
                        HostOutput.show(process.getErrorStream(), display.err()),
                        HostOutput.show(process.getInputStream(), display.out()));
    }

    private static ExitCode finish(Process process, List<HostOutput> shown) {
        try {
            for (var output : shown) {
                output.awaitEnd();
            }
            return process.waitFor() == 0 ? ExitCode.OK : ExitCode.CHECK_FAILED;
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new CancelledException("the host's command");
        } catch (LabException e) {
            process.destroy();
            throw e;
        }
    }

    /** The input of a command. */
    private static final class Pipe extends OutputStream {
        private final OutputStream stream;
        private volatile boolean broken;

        Pipe(OutputStream stream) {
            this.stream = stream;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        /** @throws OutputClosedException if the command has ended, as in {@code console web | head} */
        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                stream.write(bytes, offset, length);
                stream.flush();
            } catch (IOException e) {
                broken = true;
                throw new OutputClosedException();
            }
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                // The command has ended; its exit code tells the rest.
            }
        }
    }
}
