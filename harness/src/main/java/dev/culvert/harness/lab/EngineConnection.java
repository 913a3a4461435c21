package dev.culvert.harness.lab;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A byte stream to a Docker engine and back; closing it from another thread ends what waits on it. */
sealed interface EngineConnection extends Closeable {

    InputStream input() throws IOException;

    OutputStream output() throws IOException;

    /**
     * Connects.
     *
     * @param host {@code unix:///PATH} or {@code tcp://HOST:PORT}
     * @param tls what secures a TCP connection, or null for a bare one
     * @param limit how long connecting may take
     */
    static EngineConnection open(URI host, @Nullable SSLSocketFactory tls, Duration limit) throws IOException {
        if ("unix".equals(host.getScheme())) {
            return new UnixConnection(host.getPath());
        }
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host.getHost(), host.getPort()), (int) limit.toMillis());
            return new SocketConnection(tls == null ? socket : secured(socket, host, tls));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLSocket secured(Socket socket, URI host, SSLSocketFactory tls) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, host.getHost(), host.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        return secured;
    }

    /** TCP, with or without TLS. */
    record SocketConnection(Socket socket) implements EngineConnection {
        @Override
        public InputStream input() throws IOException {
            return socket.getInputStream();
        }

        @Override
        public OutputStream output() throws IOException {
            return socket.getOutputStream();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** A Unix socket. */
    record UnixConnection(SocketChannel channel) implements EngineConnection {
        UnixConnection(String path) throws IOException {
            this(SocketChannel.open(StandardProtocolFamily.UNIX));
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }

        @Override
        public InputStream input() {
            return Channels.newInputStream(channel);
        }

        @Override
        public OutputStream output() {
            return Channels.newOutputStream(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
