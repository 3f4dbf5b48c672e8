package org.nixlab.guest.bulk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

import org.nixlab.base.Deadline;
import org.nixlab.guest.channel.CommandOutput;
import org.nixlab.guest.channel.RunningCommand;

/**
 * What a command sends over a port between two markers. What comes before the first is of an earlier client; the second
 * is the end. Used by one
 * thread, which also takes what the command says on its own output.
 */
final class BulkInput extends InputStream {
    private static final int BUFFER = 1 << 20;
    private static final int LOOK_AGAIN_MILLIS = 100;

    private final SocketChannel channel;
    private final byte[] marker;
    private final RunningCommand command;
    private final CommandOutput output;
    private final Deadline deadline;
    private final Selector selector;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int limit;
    private boolean begun;

    /** @param channel is made non-blocking; the caller closes it */
    BulkInput(SocketChannel channel, byte[] marker, RunningCommand command, CommandOutput output, Deadline deadline) {
        this.channel = channel;
        this.marker = marker;
        this.command = command;
        this.output = output;
        this.deadline = deadline;
        try {
            selector = Selector.open();
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!begun) {
            begun = begin();
            if (!begun && !fill()) {
                return -1;
            }
        }
        // The last bytes may be the marker, of which nothing must be passed on.
        while (limit - at <= marker.length) {
            if (limit - at == marker.length && Arrays.equals(buffer, at, limit, marker, 0, marker.length)) {
                return -1;
            }
            if (!fill()) {
                return -1;
            }
        }
        int count = Math.min(length, limit - at - marker.length);
        System.arraycopy(buffer, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean begin() {
        int last = limit - marker.length;
        for (int start = at; start <= last; start++) {
            if (Arrays.equals(buffer, start, start + marker.length, marker, 0, marker.length)) {
                at = start + marker.length;
                return true;
            }
        }
        at = Math.max(at, last + 1);
        return false;
    }

    /** Reads more; returns false if nothing will come, because the command failed. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        limit -= at;
        at = 0;
        while (true) {
            boolean failed = command.hasFailed();
            int count = channel.read(ByteBuffer.wrap(buffer, limit, buffer.length - limit));
            if (count > 0) {
                limit += count;
                return true;
            }
            if (count < 0 || failed) {
                return false;
            }
            output.takeWaiting();
            command.check(deadline);
            selector.select(LOOK_AGAIN_MILLIS);
            selector.selectedKeys().clear();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
