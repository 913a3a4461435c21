package dev.culvert.harness.lab;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A Unix socket over which lines of text go, in UTF-8, with a limit to every wait. Used by one thread at a time. */
final class LineSocket implements AutoCloseable {

    private final Path path;
    private final SocketChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14).limit(0);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private LineSocket(Path path, SocketChannel channel, Selector selector) {
        this.path = path;
        this.channel = channel;
        this.selector = selector;
    }

    /** Connects to a socket that somebody listens at. */
    static LineSocket connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.configureBlocking(false);
            Selector selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
            return new LineSocket(path, channel, selector);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends a line. */
    void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Returns the next line, without its end.
     *
     * @throws SocketTimeoutException when none comes within {@code limit}
     * @throws EOFException when the other side has closed
     */
    String receive(Duration limit) throws IOException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            while (buffer.hasRemaining()) {
                byte next = buffer.get();
                if (next == '\n') {
                    String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
                    line.reset();
                    return text;
                }
                line.write(next);
            }
            fill(deadline, limit);
        }
    }

    private void fill(long deadline, Duration limit) throws IOException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0 || selector.select(left) == 0) {
            throw new SocketTimeoutException("%s: no line within %d ms; the last thing seen is \"%s\""
                    .formatted(path, limit.toMillis(), line.toString(StandardCharsets.UTF_8)));
        }
        selector.selectedKeys().clear();
        buffer.clear();
        int count = channel.read(buffer);
        buffer.flip();
        if (count < 0) {
            throw new EOFException(path + ": closed by the other side");
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        channel.close();
    }
}
