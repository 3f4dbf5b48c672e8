package org.nixlab.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.nixlab.base.Deadline;
import org.nixlab.base.LabException;
import org.nixlab.base.Threads;
import org.nixlab.guest.stream.GuestStream;
import org.nixlab.machine.qemu.MachineStreams;

/**
 * A client of the host joined to a stream into a machine, until both have said all or one of them breaks.
 *
 * @param left is called when the link has ended and the client's socket is closed
 */
record Link(Entrance entrance, SocketChannel client, Runnable left, Consumer<String> log) {
    private static final Duration CONNECTING = Duration.ofSeconds(30);
    private static final int BUFFER = 64 * 1024;

    void start(Supplier<MachineStreams> streams) {
        Threads.start("link-in", () -> serve(streams));
    }

    private void serve(Supplier<MachineStreams> streams) {
        try (client;
                var stream = entrance.enter(streams.get(), Deadline.in(CONNECTING))) {
            var back = Threads.start("link-out", () -> backward(stream));
            forward(stream);
            back.join();
        } catch (LabException e) {
            log.accept(entrance.description() + ": " + e.getMessage());
        } catch (IOException | RuntimeException | LinkageError e) { // the last for want of files, too
            log.accept(entrance.description() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left.run();
        }
    }

    // Not by streams of the channel: one of them would wait for the other.
    private void forward(GuestStream stream) throws IOException {
        var buffer = ByteBuffer.allocate(BUFFER);
        while (client.read(buffer.clear()) >= 0) {
            stream.out().write(buffer.array(), 0, buffer.position());
        }
        stream.out().close();
    }

    private void backward(GuestStream stream) {
        try {
            var buffer = new byte[BUFFER];
            for (int count = stream.in().read(buffer);
                    count >= 0;
                    count = stream.in().read(buffer)) {
                var bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
            }
            client.shutdownOutput();
        } catch (Throwable e) {
            // The machine broke it off, the client has gone, or whatever it was: the other direction is over, too.
            closeClient();
            stream.close();
        }
    }

    private void closeClient() {
        try {
            client.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
