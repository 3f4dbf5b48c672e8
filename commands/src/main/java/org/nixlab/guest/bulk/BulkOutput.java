package org.nixlab.guest.bulk;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import org.nixlab.guest.channel.StdinStream;

/** Writes to a port until nobody reads there any more. Used by one thread; the channel may be closed by another. */
final class BulkOutput extends OutputStream {
    private final SocketChannel channel;
    private byte[] first;

    /**
     * @param channel in blocking mode; the caller closes it
     * @param first goes before everything else
     */
    BulkOutput(SocketChannel channel, byte[] first) {
        this.channel = channel;
        this.first = first;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) throws IOException {
        try {
            writeAll(first, 0, first.length);
            first = new byte[0];
            writeAll(data, offset, length);
        } catch (IOException e) {
            throw new StdinStream.EndedException("the machine takes no more");
        }
    }

    private void writeAll(byte[] data, int offset, int length) throws IOException {
        var bytes = ByteBuffer.wrap(data, offset, length);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
