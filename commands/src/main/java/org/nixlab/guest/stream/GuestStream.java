package org.nixlab.guest.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.nixlab.base.CancelledException;
import org.nixlab.base.Deadline;
import org.nixlab.base.DeadlineException;
import org.nixlab.talk.TwoWayStream;

/**
 * A two-way stream into a machine, of {@link StreamMultiplexer}. One thread may read while another writes. What is written waits
 * until the other end has taken enough of what was written before.
 */
public final class GuestStream implements TwoWayStream {
    private static final int WINDOW = 256 * 1024;
    private static final int PIECE = 32 * 1024;
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final StreamMultiplexer streams;
    private final int number;
    private final Deque<ByteBuffer> pieces = new ArrayDeque<>(); // guarded by this
    private final InputStream in = new In();
    private final OutputStream out = new Out();
    private long room = WINDOW; // guarded by this
    private int consumed; // guarded by this
    private int unacknowledged; // guarded by this
    private boolean open; // guarded by this
    private boolean inputEnded; // guarded by this
    private boolean outputEnded; // guarded by this
    private String failure = ""; // guarded by this

    GuestStream(StreamMultiplexer streams, int number) {
        this.streams = streams;
        this.number = number;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public void close() {
        boolean tell;
        synchronized (this) {
            tell = failure.isEmpty() && !(inputEnded && outputEnded);
        }
        fail("the stream was closed");
        streams.forget(number);
        if (tell) {
            try {
                streams.send('C', number, new byte[0]);
            } catch (IOException e) {
                // There is nobody left to tell.
            }
        }
    }

    synchronized void awaitOpen(Deadline deadline) throws IOException {
        while (!open && failure.isEmpty()) {
            if (deadline.hasPassed()) {
                throw new DeadlineException("timed out waiting for a connection", "", "");
            }
            try {
                wait(deadline.orSooner(Deadline.in(LOOK)).remaining().toMillis() + 1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException("connecting");
            }
        }
        if (!open) {
            throw new IOException(failure);
        }
    }

    synchronized void opened() {
        open = true;
        notifyAll();
    }

    /** @throws IllegalStateException if the machine sends more than it may */
    synchronized void received(byte[] data) {
        unacknowledged += data.length;
        if (unacknowledged > WINDOW) {
            throw new IllegalStateException("more data than there is room for");
        }
        pieces.add(ByteBuffer.wrap(data));
        notifyAll();
    }

    synchronized void endOfInput() {
        inputEnded = true;
        notifyAll();
    }

    /** @throws IllegalStateException if the machine says that it took what was never sent */
    synchronized void granted(int bytes) {
        if (bytes < 0 || bytes > WINDOW - room) {
            throw new IllegalStateException("it took " + bytes + " bytes of " + (WINDOW - room));
        }
        room += bytes;
        notifyAll();
    }

    /** What was received before can still be read. */
    synchronized void fail(String reason) {
        if (failure.isEmpty()) {
            failure = reason;
        }
        notifyAll();
    }

    private synchronized int takeRoom(int wanted) throws IOException {
        while (room == 0 && failure.isEmpty()) {
            await();
        }
        if (!failure.isEmpty() || outputEnded) {
            throw new IOException(failure.isEmpty() ? "the stream was closed" : failure);
        }
        int taken = (int) Math.min(Math.min(room, wanted), PIECE);
        room -= taken;
        return taken;
    }

    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("waiting for the machine was interrupted");
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int count;
            int acknowledge = 0;
            synchronized (GuestStream.this) {
                while (pieces.isEmpty() && !inputEnded && failure.isEmpty()) {
                    await();
                }
                if (pieces.isEmpty()) {
                    if (inputEnded) {
                        return -1;
                    }
                    throw new IOException(failure);
                }
                var piece = pieces.getFirst();
                count = Math.min(length, piece.remaining());
                piece.get(target, offset, count);
                if (!piece.hasRemaining()) {
                    pieces.removeFirst();
                }
                consumed += count;
                if (consumed >= WINDOW / 4 && !inputEnded) {
                    acknowledge = consumed;
                    unacknowledged -= consumed;
                    consumed = 0;
                }
            }
            if (acknowledge > 0) {
                acknowledge(acknowledge);
            }
            return count;
        }

        private void acknowledge(int count) {
            try {
                streams.send(
                        'A',
                        number,
                        ByteBuffer.allocate(Integer.BYTES).putInt(count).array());
            } catch (IOException e) {
                // The slot has ended; who reads on is told why.
            }
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] data, int offset, int length) throws IOException {
            for (int at = offset; at < offset + length; ) {
                int count = takeRoom(offset + length - at);
                streams.send('D', number, data, at, count);
                at += count;
            }
        }

        @Override
        public void close() throws IOException {
            synchronized (GuestStream.this) {
                if (outputEnded || !failure.isEmpty()) {
                    return;
                }
                outputEnded = true;
            }
            streams.send('E', number, new byte[0]);
        }
    }
}
