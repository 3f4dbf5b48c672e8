package org.nixlab.guest.classic;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

import org.nixlab.guest.channel.PosixChecksum;
import org.nixlab.talk.OutputSink;

/** Finds the answers among what a console prints. Used by one thread. */
final class BackdoorReader {
    /** Receives the answers. */
    interface Listener {
        void output(OutputSink.Stream stream, byte[] data);

        /** @param complete whether all that the command printed has arrived */
        void exited(int status, boolean complete);

        void answered();

        /** Called when the guest can tell nothing of the command any more. */
        void gone();

        /** Called when the guest waits until it may print more. */
        void more();
    }

    private static final int LONGEST_LINE = 64 * 1024;
    /** No line is this or begins so. */
    private static final String NOTHING = "\n";

    private static final Pattern END = Pattern.compile("-end (\\d{1,3}) (.*)");

    private final Listener listener;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private volatile String probe = NOTHING;
    private volatile String command = NOTHING;
    private OutputSink.Stream stream;
    private PosixChecksum sum = new PosixChecksum();

    BackdoorReader(Listener listener) {
        this.listener = listener;
    }

    void expectProbe(String nonce) {
        probe = "nixlab-" + nonce;
    }

    void expectCommand(String nonce) {
        command = "nixlab-" + nonce;
    }

    void read(ByteBuffer data) {
        while (data.hasRemaining()) {
            var next = data.get();
            if (next == '\n') {
                take(line.toString(StandardCharsets.ISO_8859_1).strip());
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(next);
            }
        }
    }

    private void take(String text) {
        if (text.equals(probe)) {
            probe = NOTHING;
            listener.answered();
        } else if (text.equals(command + "-out")) {
            stream = OutputSink.Stream.OUT;
            sum = new PosixChecksum();
        } else if (text.equals(command + "-err")) {
            stream = OutputSink.Stream.ERR;
        } else if (text.equals(command + "-more")) {
            listener.more();
        } else if (text.equals(command + "-gone")) {
            forget();
            listener.gone();
        } else if (text.startsWith(command + "-end ")) {
            var end = END.matcher(text.substring(command.length()));
            forget();
            boolean whole = end.matches();
            listener.exited(
                    whole ? Integer.parseInt(end.group(1)) : 0,
                    whole && end.group(2).equals(sum.line()));
        } else if (stream != null) {
            decode(text);
        }
    }

    // Before anybody learns of the end and expects the next one.
    private void forget() {
        stream = null;
        command = NOTHING;
    }

    // What is lost or damaged here shows in the checksum.
    private void decode(String text) {
        try {
            var data = Base64.getMimeDecoder().decode(text);
            sum.update(data, data.length);
            listener.output(stream, data);
        } catch (IllegalArgumentException e) {
            // A digit was lost or came from elsewhere.
        }
    }
}
