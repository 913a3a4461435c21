package dev.culvert.harness.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens at a Unix socket, and answers each line with the next of its answers; it greets with the first. */
final class FakePeer implements AutoCloseable {

    private final ServerSocketChannel listener;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    FakePeer(Path path, String... answers) throws IOException {
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(path));
        Thread thread = new Thread(() -> serve(List.of(answers)), "culvert-test-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(List<String> answers) {
        try (SocketChannel channel = listener.accept();
                Scanner lines = new Scanner(Channels.newInputStream(channel), StandardCharsets.UTF_8)) {
            for (String answer : answers) {
                channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
                if (!lines.hasNextLine()) {
                    return;
                }
                heard.add(lines.nextLine());
            }
        } catch (ClosedChannelException e) {
            // The test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
