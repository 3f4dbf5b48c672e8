package org.nixlab.relay;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AcceptorTest {
    private final Deque<Object> coming = new ArrayDeque<>();
    private final List<String> log = new ArrayList<>();
    private final List<SocketChannel> opened = new ArrayList<>();
    private final List<SocketChannel> came = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (var client : opened) {
            client.close();
        }
    }

    @Test
    void whatKeepsClientsOutPassesAndIsSaidOnce() throws IOException {
        coming.add(client());
        coming.add(new IOException("Too many open files"));
        coming.add(new IOException("Too many open files"));
        coming.add(client());
        coming.add(new IOException("No buffer space available"));

        acceptor().run(came::add);

        assertThat(came).isEqualTo(opened);
        assertThat(log)
                .containsExactly(
                        "m 127.0.0.1:80: a client could not be let in: Too many open files",
                        "m 127.0.0.1:80: a client could not be let in: No buffer space available");
    }

    @Test
    void aClientThatCannotBeServedIsSentAwayAndTheNextIsServed() throws IOException {
        coming.add(client());
        coming.add(client());

        acceptor().run(client -> {
            came.add(client);
            if (came.size() == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });

        assertThat(came).isEqualTo(opened);
        assertThat(came).extracting(SocketChannel::isOpen).containsExactly(false, true);
        assertThat(log).containsExactly("m 127.0.0.1:80: a client could not be let in: unable to create native thread");
    }

    @Test
    void aLogThatCannotBeWrittenKeepsNobodyOut() throws IOException {
        coming.add(new IOException("Too many open files"));
        coming.add(client());

        new Acceptor("m", this::next, line -> {
                    throw new ExceptionInInitializerError("Too many open files");
                })
                .run(came::add);

        assertThat(came).isEqualTo(opened);
    }

    private SocketChannel client() throws IOException {
        var client = SocketChannel.open();
        opened.add(client);
        return client;
    }

    private Acceptor acceptor() {
        return new Acceptor("m 127.0.0.1:80", this::next, log::add);
    }

    /** Closed when nobody is left to come. */
    private SocketChannel next() throws IOException {
        var next = coming.poll();
        if (next instanceof SocketChannel client) {
            return client;
        }
        throw next == null ? new AsynchronousCloseException() : (IOException) next;
    }
}
