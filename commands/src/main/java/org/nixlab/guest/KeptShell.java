package org.nixlab.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.talk.ExecRequest;

/**
 * A bash in a machine that runs one command after the other in the same shell: what a command does to the working
 * directory, variables, functions and options is there for the next. It occupies a slot until it is closed.
 *
 * <p>For one thread at a time. A command that times out or is interrupted ends the shell, since only the shell knows what
 * the command has changed so far.
 */
public final class KeptShell implements AutoCloseable {
    /**
     * What the shell keeps open for itself is closed for the commands. On one line, since a command counts its lines from
     * that of its eval.
     */
    private static final String LOOP = """
            exec 7<&0 8>&1 9>&2 </dev/null; \
            while IFS= read -r -d '' -u 7 REPLY; do \
            eval "$REPLY" 7<&- 8>&- 9>&-; \
            printf '\\000%1$s %%d\\000' "$?" >&8; printf '\\000%1$s 0\\000' >&9; \
            done
            """;

    private final String nonce = Nonce.next();
    private final String machine;
    private final RunningCommand running;
    private boolean ended;

    KeptShell(GuestShell shell, String machine, ExecRequest request, Deadline deadline) {
        this.machine = machine;
        var loop = new ExecRequest(
                LOOP.formatted(nonce), request.user(), request.directory(), request.environment(), request.stdin());
        this.running = shell.start("the shell", loop, true, deadline);
    }

    /**
     * Runs a command in this shell and returns its exit code.
     *
     * @throws LabException if the command ended the shell, as {@code exit} does, or an earlier one did
     * @throws org.nixlab.base.DeadlineException if the deadline passes first; the shell is ended
     * @throws org.nixlab.base.CancelledException if the thread is interrupted; the shell is ended
     */
    public int run(String command, OutputSink sink, Deadline deadline) {
        if (ended) {
            throw over("the shell has ended");
        }
        var out = new UpToMark(nonce, sink::out);
        var err = new UpToMark(nonce, sink::err);
        // Until the mark has come the shell is in no state for another command.
        ended = true;
        send(ExecRequest.of(command).command());
        while (out.mark().isEmpty() || err.mark().isEmpty()) {
            var event = running.next(deadline);
            if (event instanceof CommandEvent.Exited exited) {
                out.finish();
                err.finish();
                throw over("the command ended the shell, with exit code "
                        + exited.exit().status());
            }
            if (event instanceof CommandEvent.Output output) {
                (output.stream() == CommandEvent.Stream.OUT ? out : err).add(output.data());
            }
        }
        ended = false;
        return out.mark().get();
    }

    @Override
    public void close() {
        ended = true;
        running.close();
    }

    private void send(String command) {
        try {
            running.stdin().write((command + "\0").getBytes(StandardCharsets.UTF_8));
        } catch (StdinStream.EndedException e) {
            // How the shell ended is among its events.
        } catch (IOException e) {
            throw LabException.host("the command could not be sent: " + e.getMessage(), machine, "");
        }
    }

    private LabException over(String message) {
        return LabException.host(message, machine, "open another");
    }
}
