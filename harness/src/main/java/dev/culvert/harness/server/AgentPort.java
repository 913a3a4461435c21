package dev.culvert.harness.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A Unix socket that leads straight to an agent, past the engine: the host's end of a virtio-serial port. The streams do not use those of
 * {@link java.nio.channels.Channels}, of which one waits for the other before JDK 19.
 */
final class AgentPort {

    private final SocketChannel channel;

    private AgentPort(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects to a socket that an emulator listens at. */
    static AgentPort at(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new AgentPort(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("port of an agent at " + socket + ": " + e.getMessage(), e);
        }
    }

    InputStream input() {
        return new BufferedInputStream(new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(target, offset, length));
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        });
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
