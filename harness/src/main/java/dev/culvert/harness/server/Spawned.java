package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A process in the background of a server: a capture, an iperf3 server. It is stopped by {@link #stop}, or when the session ends. */
public final class Spawned {

    private static final int SIGUSR1 = 10;
    private static final int SIGINT = 2;

    private final Server server;
    private final String key;
    private final Command command;

    Spawned(Server server, String key, Command command) {
        this.server = server;
        this.key = key;
        this.command = command;
    }

    public Command command() {
        return command;
    }

    /**
     * Sends SIGUSR1, on which many tools print where they stand, and waits for a text to be printed after it.
     *
     * @return what it printed, from the signal to the text and possibly beyond
     */
    CompletableFuture<String> askProgress(String awaited, Duration patience) {
        Request request = new Request(RequestType.SIGNAL)
                .text(key)
                .u32(SIGUSR1)
                .text(awaited)
                .u32(patience.toMillis());
        return server.sighting(request, command, awaited, patience);
    }

    /** Interrupts the process as Ctrl-C does, kills it when it has not ended in time, and returns how it ended and what it printed. */
    public CompletableFuture<CommandRecord> stop(Duration patience) {
        Request request = new Request(RequestType.STOP).text(key).u32(SIGINT).u32(patience.toMillis());
        return server.ending(request, command, patience);
    }
}
