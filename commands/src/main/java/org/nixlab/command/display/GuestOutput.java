package org.nixlab.command.display;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.nixlab.command.text.GuestText;
import org.nixlab.talk.OutputSink;

/**
 * Shows what a command in a guest prints, as it comes: standard output as a result, standard error as a message; harmless
 * on a terminal, byte for byte elsewhere. With a prefix, whole lines only, so that machines do not mix in one line.
 */
public final class GuestOutput implements OutputSink {
    private final Channel out;
    private final Channel err;
    private final Display.Target notes;

    /** Makes a sink that passes on what comes. */
    public static GuestOutput plain(Display display) {
        return new GuestOutput(
                new Channel(display.out(), "", false), new Channel(display.err(), "", false), display.err());
    }

    /** Makes a sink that begins every line with a prefix, for a machine among others. */
    public static GuestOutput prefixed(Display display, String prefix, int machineIndex) {
        return new GuestOutput(
                prefixed(display.out(), prefix, machineIndex),
                prefixed(display.err(), prefix, machineIndex),
                display.err());
    }

    private static Channel prefixed(Display.Target target, String prefix, int index) {
        return new Channel(target, target.style().machine(index, prefix), true);
    }

    private GuestOutput(Channel out, Channel err, Display.Target notes) {
        this.out = out;
        this.err = err;
        this.notes = notes;
    }

    @Override
    public void received(Stream stream, byte[] data) {
        (stream == Stream.OUT ? out : err).received(data);
    }

    @Override
    public void note(String line) {
        notes.print(line + "\n");
    }

    /** Shows what is left of unfinished lines. To be called once, when the command has ended. */
    public void finish() {
        out.finish();
        err.finish();
    }

    private static final class Channel {
        private static final int LONGEST_LINE = 1 << 16;

        private final Display.Target target;
        private final byte[] prefix;
        private final boolean byLine;
        private final GuestText text = new GuestText();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Channel(Display.Target target, String prefix, boolean byLine) {
            this.target = target;
            this.prefix = prefix.getBytes(StandardCharsets.UTF_8);
            this.byLine = byLine;
        }

        synchronized void received(byte[] data) {
            var shown = target.terminal() ? text.show(data).getBytes(StandardCharsets.UTF_8) : data;
            if (!byLine) {
                target.write(shown, shown.length);
                return;
            }
            for (byte b : shown) {
                if (b == '\n') {
                    endLine();
                } else if (b != '\r') {
                    line.write(b);
                }
                if (line.size() >= LONGEST_LINE) {
                    endLine();
                }
            }
        }

        synchronized void finish() {
            if (target.terminal()) {
                var left = text.end();
                if (!left.isEmpty()) {
                    line.writeBytes(left.getBytes(StandardCharsets.UTF_8));
                }
            }
            if (line.size() > 0 && byLine) {
                endLine();
            } else if (line.size() > 0) {
                target.write(line.toByteArray(), line.size());
            }
        }

        private void endLine() {
            var whole = new ByteArrayOutputStream();
            whole.writeBytes(prefix);
            whole.writeBytes(line.toByteArray());
            whole.write('\n');
            line.reset();
            target.write(whole.toByteArray(), whole.size());
        }
    }
}
