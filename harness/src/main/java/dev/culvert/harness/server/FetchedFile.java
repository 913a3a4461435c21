package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file on its way from a server to this machine: what comes goes to disk, never all of it into memory. */
final class FetchedFile implements ChunkSink, AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final CommandOutput errors = new CommandOutput();

    private FetchedFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    static FetchedFile create(Path file) {
        try {
            return new FetchedFile(file, new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void take(int stream, byte[] bytes) throws IOException {
        if (stream == STDOUT) {
            out.write(bytes);
        } else {
            errors.take(stream, bytes);
        }
    }

    /** Decompresses what came, deletes it, and returns the length it has then. */
    long unpackTo(Path target, Command gzip, Answer ending) {
        CommandRecord end = errors.record(gzip, ending);
        if (end.exit() != 0) {
            throw new CommandFailed(end);
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), BUFFER);
                OutputStream unpacked = Files.newOutputStream(target)) {
            long length = in.transferTo(unpacked);
            Files.delete(file);
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
