package org.nixlab.relay;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Lets clients in until their door is closed. What keeps one out, such as too many open files, passes: it is said once,
 * and the next are let in when it has.
 *
 * @param name says for people where it is
 */
record Acceptor(String name, Door door, Consumer<String> log) {
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** Where clients come from, for example a server socket. */
    interface Door {
        /** @throws ClosedChannelException if nobody will come any more */
        SocketChannel accept() throws IOException;
    }

    /** Hands on each client that comes, which must not wait; returns when the door is closed or the thread interrupted. */
    void run(Consumer<SocketChannel> guide) {
        boolean said = false;
        while (true) {
            try {
                handOn(door.accept(), guide);
                said = false;
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | Error e) { // also for want of a thread, or of a class's file
                said = said || say(e);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static void handOn(SocketChannel client, Consumer<SocketChannel> guide) throws IOException {
        try {
            guide.accept(client);
        } catch (RuntimeException | Error e) {
            client.close();
            throw e;
        }
    }

    private boolean say(Throwable reason) {
        try {
            log.accept(name + ": a client could not be let in: " + reason.getMessage());
            return true;
        } catch (RuntimeException | Error e) {
            // That, too, may take files.
            return false;
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
