package org.nixlab.machine.network;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

import org.nixlab.base.Deadline;
import org.nixlab.machine.Vm;
import org.nixlab.talk.ExecRequest;
import org.nixlab.talk.TwoWayStream;

/** TLS over a stream into a machine, with the certificates that the machine trusts. */
final class Tls {
    private static final String BUNDLE =
            "cat /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-bundle.crt 2>/dev/null";

    private static final TrustManager[] ANYBODY = {
        new X509ExtendedTrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        }
    };

    private Tls() {}

    /** Returns the certificates that a machine trusts, in the form of PEM. */
    static InputStream trusted(Vm vm, Deadline deadline) {
        return vm.execute(ExecRequest.of(BUNDLE), deadline).output().open();
    }

    /**
     * Returns the stream with TLS over it. Closing the stream below ends it.
     *
     * @param host whose certificate the other end must have
     * @param trusted certificates in the form of PEM; anybody's is taken without
     */
    static TwoWayStream over(TwoWayStream stream, String host, int port, Optional<InputStream> trusted)
            throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, trusted.isPresent() ? managers(trusted.get()) : ANYBODY, null);
            var socket =
                    (SSLSocket) context.getSocketFactory().createSocket(new StreamSocket(stream), host, port, true);
            if (trusted.isPresent()) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return new Secured(socket.getInputStream(), socket.getOutputStream(), stream);
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static TrustManager[] managers(InputStream trusted) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        // Between the certificates there may be words for people.
        var certificates = new ByteArrayInputStream(trusted.readAllBytes());
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(certificates)) {
            store.setCertificateEntry(Integer.toString(number++), certificate);
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private record Secured(InputStream in, OutputStream out, TwoWayStream below) implements TwoWayStream {
        @Override
        public void close() {
            below.close();
        }
    }

    /** A stream as Java's TLS wants to have it. */
    private static final class StreamSocket extends Socket {
        private final TwoWayStream stream;

        StreamSocket(TwoWayStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public InputStream getInputStream() {
            return stream.in();
        }

        @Override
        public OutputStream getOutputStream() {
            return stream.out();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
