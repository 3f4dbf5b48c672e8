package org.nixlab.qmp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A monitor on a real socket that plays a recorded session: lines beginning with {@code S} are sent, those beginning
 * with {@code C} must arrive exactly so. Serves one client, as QEMU does, and hangs up at the end of the session.
 */
final class FakeQmpServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServerSocketChannel listener;
    private final Semaphore lines = new Semaphore(0);
    private final CompletableFuture<Void> played = new CompletableFuture<>();

    FakeQmpServer(Path socket, List<String> session) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        var thread = new Thread(() -> serve(session), "fake-qmp");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until this many lines of the session were played. */
    void awaitLine(int count) {
        lines.acquireUninterruptibly(count);
        lines.release(count);
    }

    /** Completes when the whole session was played, exceptionally if the client strayed from it. */
    CompletableFuture<Void> played() {
        return played;
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(List<String> session) {
        try (var client = listener.accept()) {
            var reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
            for (var line : session) {
                play(line, client, reader);
                lines.release();
            }
            played.complete(null);
        } catch (IOException | RuntimeException | AssertionError e) {
            lines.release(session.size());
            played.completeExceptionally(e);
        }
    }

    private static void play(String line, SocketChannel client, BufferedReader reader) throws IOException {
        var text = line.substring(2);
        if (line.startsWith("C ")) {
            var received = reader.readLine();
            if (received == null || !JSON.readTree(received).equals(JSON.readTree(text))) {
                throw new AssertionError("expected " + text + " but got " + received);
            }
            return;
        }
        var bytes = ByteBuffer.wrap((text + "\r\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
