package org.nixlab.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.guest.channel.CommandEvent;
import org.nixlab.guest.channel.Nonce;
import org.nixlab.guest.channel.RunningCommand;
import org.nixlab.guest.channel.StdinStream;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.KeptOutput;
import org.nixlab.talk.OutputSink;
import org.nixlab.talk.Result;
import org.nixlab.talk.ShellSession;

/** A bash that reads one command after the other. It occupies a slot until it is closed. */
final class KeptShell implements ShellSession {
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

    @Override
    public Result execute(String command, Deadline deadline) {
        var begin = System.nanoTime();
        var output = new KeptOutput();
        return output.result(machine, command, run(command, output, deadline), begin);
    }

    private int run(String command, OutputSink sink, Deadline deadline) {
        if (ended) {
            throw over("the shell has ended");
        }
        var out = new UpToMark(nonce, data -> sink.received(OutputSink.Stream.OUT, data));
        var err = new UpToMark(nonce, data -> sink.received(OutputSink.Stream.ERR, data));
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
                (output.stream() == OutputSink.Stream.OUT ? out : err).add(output.data());
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
