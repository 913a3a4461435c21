package dev.culvert.harness.server;

import java.io.IOException;

/** Takes the pieces of an answer that comes in pieces, in order, on the connection's reader thread. */
@FunctionalInterface
interface ChunkSink {

    int STDOUT = 1;
    int STDERR = 2;

    /** For requests that are answered in one piece. */
    ChunkSink NONE = (stream, bytes) -> {
        throw new IOException(bytes.length + " bytes of stream " + stream + " that nobody asked for");
    };

    void take(int stream, byte[] bytes) throws IOException;
}
