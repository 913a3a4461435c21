package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Captures of every byte of every packet at several points at once, by an agent itself: the kernel keeps what passes, and the agent takes it when
 * it is asked whether links are at rest. No packet wakes a process, unlike those of a {@link CaptureSession}, which can last for millions.
 */
public final class PacketTaps {

    /** More bytes than any packet of a stimulus has. */
    private static final int SNAP_LENGTH = 9216;

    private final Watcher watcher;
    private final List<CapturePoint> points;

    private PacketTaps(Watcher watcher, List<CapturePoint> points) {
        this.watcher = watcher;
        this.points = points;
    }

    /** Starts captures at all points and returns when they capture; throws {@link RequestRefused} for a device that is not there. */
    public static PacketTaps start(Watcher watcher, Collection<CapturePoint> points) {
        PacketTaps taps = new PacketTaps(watcher, List.copyOf(points));
        taps.each(point -> watcher.tap(point, SNAP_LENGTH));
        return taps;
    }

    /**
     * Ends all captures and brings their files.
     *
     * @param directory where the files go, one for each point, by the name {@link CaptureSession#fileName} gives it
     * @return what the capturing kernels say; a capture whose device is gone is {@link CaptureCount#UNKNOWN}
     */
    public Map<CapturePoint, CaptureCount> stop(Path directory) {
        return each(point -> watcher.untap(point, directory.resolve(CaptureSession.fileName(point))));
    }

    private <T> Map<CapturePoint, T> each(Function<CapturePoint, CompletableFuture<T>> action) {
        Map<CapturePoint, CompletableFuture<T>> running = new TreeMap<>();
        points.forEach(point -> running.put(point, action.apply(point)));
        Map<CapturePoint, T> results = new TreeMap<>();
        running.forEach((point, result) -> results.put(point, AgentConnection.join(result)));
        return results;
    }
}
