package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session with the agent of one server over a pair of byte streams. Any thread may ask; requests are in flight side by side and are
 * answered in the order in which the agent gets them done.
 */
final class AgentConnection implements AutoCloseable {

    private static final int RESULT = 101;
    private static final int CHUNK = 102;
    private static final int ERROR = 103;
    private static final int HELLO_ID = 0;
    private static final int SESSION_BYTES = 16;
    private static final int LONGEST_ANSWER = 64 << 20;

    private final String server;
    private final DataInputStream in;
    private final OutputStream out;
    private final Supplier<String> lastWords;
    private final Map<Integer, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicInteger nextId = new AtomicInteger(HELLO_ID + 1);
    private final CompletableFuture<Greeting> greeting = new CompletableFuture<>();
    private final byte[] session = new byte[SESSION_BYTES];
    private volatile @Nullable ServerLost lost;
    private volatile boolean closed;

    /**
     * What the agent says of itself: the id, in the lab's pid namespace, of a process that stays in its own network namespace, and its clock in
     * nanoseconds since the epoch.
     */
    record Greeting(int pid, long clockNanos) {}

    private record Pending(String what, ChunkSink sink, CompletableFuture<Answer> answer) {}

    /**
     * Starts a session, which ends whatever an earlier client left running there.
     *
     * @param server the server's name, for messages
     * @param lastWords what the agent last wrote to its standard error, for messages
     */
    AgentConnection(String server, InputStream in, OutputStream out, Supplier<String> lastWords) {
        this.server = server;
        this.in = new DataInputStream(in);
        this.out = out;
        this.lastWords = lastWords;
        new SecureRandom().nextBytes(session);
        Thread reader = new Thread(this::read, "culvert-agent-" + server);
        reader.setDaemon(true);
        reader.start();
    }

    /** Greets the agent. An unfinished frame of an earlier client may swallow the first greeting: the second one ends such a frame. */
    Greeting greet(Duration first, Duration second) {
        byte[] hello = new Request(RequestType.HELLO).raw(session).frame(HELLO_ID);
        write(hello);
        CompletableFuture<Greeting> prompt = greeting.copy().completeOnTimeout(null, first.toMillis(), MILLISECONDS);
        if (join(prompt) == null) {
            write(new byte[Request.LONGEST]);
            write(hello);
        }
        return join(inTime(greeting, "its first answer", second));
    }

    /**
     * Sends a request.
     *
     * @param what the answer awaited, for messages
     * @return fails with {@link RequestRefused}, or with {@link ServerLost} when the answer does not come in time or cannot come any more
     */
    CompletableFuture<Answer> send(Request request, String what, ChunkSink sink, Duration patience) {
        return send(request, what, sink, patience, Function.identity());
    }

    /**
     * Sends a request, as above.
     *
     * @param reading what makes something of the answer; answers are read in the order in which they come
     */
    <T> CompletableFuture<T> send(
            Request request, String what, ChunkSink sink, Duration patience, Function<Answer, T> reading) {
        int id = nextId.getAndIncrement();
        byte[] frame = request.frame(id);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<T> read = answer.thenApply(reading);
        pending.put(id, new Pending(what, sink, answer));
        ServerLost gone = lost;
        if (gone == null) {
            write(frame);
        } else {
            fail(gone);
        }
        return inTime(read, what, patience);
    }

    /** Sends a request that has no answer. */
    void tell(Request request) {
        write(request.frame(HELLO_ID));
    }

    /** Sends a request that is answered in one piece and waits for the answer. */
    Answer ask(Request request, String what, Duration patience) {
        return join(send(request, what, ChunkSink.NONE, patience));
    }

    /** Waits for an answer and throws what it failed with, unwrapped. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Leaves the agent as it is: the next client finds it ready. */
    @Override
    public void close() {
        closed = true;
        try {
            out.close();
            in.close();
        } catch (IOException e) {
            fail(new ServerLost("server " + server + ": closing the connection to its agent: " + e.getMessage(), e));
        }
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> answer, String what, Duration patience) {
        return answer.copy().orTimeout(patience.toMillis(), MILLISECONDS).exceptionally(e -> {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            if (cause instanceof TimeoutException) {
                throw new ServerLost("server " + server + ": awaited " + what + " for " + patience.toMillis() + " ms; "
                        + pending.size() + " requests are unanswered; its agent last wrote \"" + lastWords.get()
                        + "\"");
            }
            throw new CompletionException(cause);
        });
    }

    private void write(byte[] bytes) {
        try {
            synchronized (out) {
                out.write(bytes);
                out.flush();
            }
        } catch (IOException e) {
            fail(lostBecause(e));
        }
    }

    private void read() {
        try {
            skipToGreeting();
            while (true) {
                readFrame();
            }
        } catch (IOException | RuntimeException e) {
            fail(closed ? new ServerLost("server " + server + ": its connection was closed") : lostBecause(e));
        }
    }

    /** Discards what the agent still had to say to earlier clients. */
    private void skipToGreeting() throws IOException {
        byte[] expected = ByteBuffer.allocate(10 + SESSION_BYTES)
                .put((byte) Request.MAGIC)
                .putInt(5 + SESSION_BYTES + 12)
                .put((byte) RESULT)
                .putInt(HELLO_ID)
                .put(session)
                .array();
        int matched = 0;
        while (matched < expected.length) {
            byte next = in.readByte();
            if (next == expected[matched]) {
                matched++;
            } else {
                // The random session id makes a longer overlap as good as impossible; a new frame begins with the
                // magic.
                matched = next == expected[0] ? 1 : 0;
            }
        }
        greeting.complete(new Greeting(in.readInt(), in.readLong()));
    }

    private void readFrame() throws IOException {
        int magic = in.readUnsignedByte();
        int length = in.readInt();
        int type = in.readUnsignedByte();
        int id = in.readInt();
        if (magic != Request.MAGIC || length < 5 || length > LONGEST_ANSWER) {
            throw new IOException("no frame where one was expected: magic " + magic + ", length " + length);
        }
        byte[] payload = new byte[length - 5];
        in.readFully(payload);
        if (id == HELLO_ID) {
            return; // the answer to the second greeting
        }
        Pending request = type == CHUNK ? pending.get(id) : pending.remove(id);
        if (request == null) {
            throw new IOException("an answer of type " + type + " to request " + id + ", which is not open");
        }
        switch (type) {
            case CHUNK -> pass(request, payload);
            case RESULT -> request.answer.complete(new Answer(payload));
            case ERROR ->
                request.answer.completeExceptionally(new RequestRefused(
                        "server " + server + ": " + request.what + ": " + new String(payload, UTF_8)));
            default -> throw new IOException("an answer of the unknown type " + type);
        }
    }

    private static void pass(Pending request, byte[] payload) {
        try {
            request.sink.take(payload[0], Arrays.copyOfRange(payload, 1, payload.length));
        } catch (IOException e) {
            // The other requests on this connection go on.
            request.answer.completeExceptionally(new UncheckedIOException(request.what + ": " + e.getMessage(), e));
        }
    }

    private ServerLost lostBecause(Exception e) {
        String why = e instanceof EOFException ? "the stream ended" : String.valueOf(e.getMessage());
        return new ServerLost(
                "server " + server + ": lost its agent: " + why + "; it last wrote \"" + lastWords.get() + "\"", e);
    }

    private void fail(ServerLost why) {
        if (lost == null) {
            lost = why;
        }
        greeting.completeExceptionally(why);
        for (Pending request : pending.values()) {
            request.answer.completeExceptionally(
                    new ServerLost(why.getMessage() + " (awaiting " + request.what + ")", why));
        }
        pending.clear();
    }
}
