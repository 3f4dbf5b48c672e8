package org.nixlab.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

import org.nixlab.base.LabException;
import org.nixlab.talk.TwoWayStream;

/** A connection to a port of this host in the place of one of a machine. */
final class FakeStream implements TwoWayStream {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    FakeStream(String machine, String host, int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            in = socket.getInputStream();
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw LabException.host(host + ":" + port + " could not be reached: " + e.getMessage(), machine, "");
        }
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
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
