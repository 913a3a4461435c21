package dev.culvert.harness.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Bytes that any thread puts and one reads as a stream. A full queue makes the putting thread wait, so that a large file on its way
 * fills no memory. ({@link java.io.PipedInputStream} does not serve: it fails when the thread that wrote last has ended.)
 */
final class ByteQueue extends InputStream {

    private static final int LIMIT = 8 << 20;

    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private int size;
    private int position;
    private boolean ended;

    /** Appends a copy of the bytes; drops them when the stream has ended. */
    synchronized void put(byte[] bytes, int offset, int length) throws IOException {
        waitWhile(() -> size >= LIMIT && !ended);
        if (!ended && length > 0) {
            chunks.add(Arrays.copyOfRange(bytes, offset, offset + length));
            size += length;
            notifyAll();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        waitWhile(() -> chunks.isEmpty() && !ended);
        byte[] chunk = chunks.peek();
        if (chunk == null) {
            return -1;
        }
        int taken = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, target, offset, taken);
        position += taken;
        size -= taken;
        if (position == chunk.length) {
            chunks.remove();
            position = 0;
        }
        notifyAll();
        return taken;
    }

    @Override
    public synchronized int available() {
        return size;
    }

    /** Ends the stream behind the bytes that are there. */
    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
    }

    private synchronized void waitWhile(BooleanSupplier nothingToDo) throws IOException {
        try {
            while (nothingToDo.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for bytes", e);
        }
    }
}
