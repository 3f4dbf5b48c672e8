package org.nixlab.guest.channel;

import java.io.InputStream;
import java.util.function.Consumer;

import org.nixlab.base.Deadline;
import org.nixlab.talk.OutputSink;

/** The standard output of a running command as a stream; its error output goes elsewhere. Used by one thread. */
public final class CommandOutput extends InputStream {
    private final RunningCommand command;
    private final Deadline deadline;
    private final Consumer<byte[]> errors;
    private byte[] current = new byte[0];
    private int at;
    private CommandExit exit;

    /** @param errors is given the error output as it comes, by the thread that uses this */
    public CommandOutput(RunningCommand command, Consumer<byte[]> errors, Deadline deadline) {
        this.command = command;
        this.errors = errors;
        this.deadline = deadline;
    }

    @Override
    public int read() {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        while (at == current.length) {
            if (exit != null) {
                return -1;
            }
            take(command.next(deadline));
        }
        var count = Math.min(length, current.length - at);
        System.arraycopy(current, at, buffer, offset, count);
        at += count;
        return count;
    }

    /** Reads what is left and returns how the command ended. */
    public CommandExit finish() {
        while (exit == null) {
            take(command.next(deadline));
        }
        return exit;
    }

    /** Takes what has come, so that the command need not wait to be heard. */
    public void takeWaiting() {
        for (var event = command.poll(); event.isPresent(); event = command.poll()) {
            take(event.get());
        }
    }

    private void take(CommandEvent event) {
        if (event instanceof CommandEvent.Exited exited) {
            exit = exited.exit();
        } else if (event instanceof CommandEvent.Output output) {
            if (output.stream() == OutputSink.Stream.ERR) {
                errors.accept(output.data());
            } else {
                current = output.data();
                at = 0;
            }
        }
    }
}
