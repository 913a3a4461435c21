package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Captures of bulk traffic that run at several points at once, by a tcpdump each in the place of its interface. */
public final class CaptureSession {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration DRAINING = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String READY = "listening on";

    private final Function<Place, Server> servers;
    private final Map<CapturePoint, Spawned> captures;

    private CaptureSession(Function<Place, Server> servers, Map<CapturePoint, Spawned> captures) {
        this.servers = servers;
        this.captures = captures;
    }

    /**
     * Starts captures at all points and returns when every one of them has said that it listens.
     *
     * @throws SpawnFailed when one does not
     */
    public static CaptureSession start(Servers servers, Collection<CapturePoint> points, CaptureMode mode) {
        return start(servers::get, points, mode);
    }

    static CaptureSession start(Function<Place, Server> servers, Collection<CapturePoint> points, CaptureMode mode) {
        Map<CapturePoint, CompletableFuture<Spawned>> starting = new TreeMap<>();
        for (CapturePoint point : points) {
            Command command =
                    Command.at(point.place(), mode.argv(point, file(point))).withTimeout(PATIENCE);
            starting.put(point, servers.apply(point.place()).spawn(key(point), command, READY));
        }
        return new CaptureSession(servers, joined(starting));
    }

    /** The name of a point's capture in the directory given to {@link #stop}. */
    public static String fileName(CapturePoint point) {
        return point + ".pcap";
    }

    /**
     * Stops all captures once they have written what the kernel holds for them, and brings their files.
     *
     * @param directory where the files go, one for each point, by the name {@link #fileName} gives it
     * @return what the capturing kernels say; a capture that did not end as it should is {@link CaptureCount#UNKNOWN}
     */
    public Map<CapturePoint, CaptureCount> stop(Path directory) {
        awaitWritten();
        Map<CapturePoint, CaptureCount> counts =
                each((point, capture) -> capture.stop(PATIENCE).thenApply(CaptureSession::count));
        each((point, capture) -> fetch(point, directory.resolve(fileName(point))));
        return counts;
    }

    /** Ends all captures, whatever they have or have not written: they were there to cost what captures cost. */
    public void discard() {
        each((point, capture) -> capture.stop(PATIENCE));
    }

    /** Gives tcpdump the time to read what the kernel holds. What it has not read then counts as dropped. */
    private void awaitWritten() {
        long end = System.nanoTime() + DRAINING.toNanos();
        while (!written() && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private boolean written() {
        return each((point, capture) -> capture.askProgress(CaptureStatistics.END, PATIENCE)
                        .thenApply(said -> CaptureStatistics.last(said).map(CaptureStatistics::written))
                        // A capture that has ended of itself will not write any more; stopping it tells.
                        .exceptionally(ended -> Optional.of(true)))
                .values()
                .stream()
                .allMatch(written -> written.orElse(false));
    }

    private static CaptureCount count(CommandRecord end) {
        return end.exit() == 0
                ? CaptureStatistics.last(end.stderr())
                        .map(CaptureStatistics::count)
                        .orElse(CaptureCount.UNKNOWN)
                : CaptureCount.UNKNOWN;
    }

    private CompletableFuture<Long> fetch(CapturePoint point, Path target) {
        Server server = servers.apply(point.place());
        return server.fetchPacked(file(point), target);
    }

    private <T> Map<CapturePoint, T> each(BiFunction<CapturePoint, Spawned, CompletableFuture<T>> action) {
        Map<CapturePoint, CompletableFuture<T>> running = new TreeMap<>();
        captures.forEach((point, capture) -> running.put(point, action.apply(point, capture)));
        return joined(running);
    }

    private static <T> Map<CapturePoint, T> joined(Map<CapturePoint, CompletableFuture<T>> running) {
        Map<CapturePoint, T> results = new TreeMap<>();
        running.forEach((point, result) -> results.put(point, AgentConnection.join(result)));
        return results;
    }

    private static String key(CapturePoint point) {
        return "capture " + point;
    }

    /** The capture's file on the server. */
    static String file(CapturePoint point) {
        return "/run/culvert-" + fileName(point);
    }
}
