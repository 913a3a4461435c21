package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Counters;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.ServerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Watches what passes the places of all servers: captures it, waits until it has come to rest, reads what was counted. The agent of one server
 * does it for all, which have one pid namespace, so that all are at rest at the same time; and an emulated processor, which loses what it knows of
 * addresses and of code whenever the process changes (cpu_x86_update_cr3 in QEMU's target/i386/helper.c), stays with one.
 */
public final class Watcher {

    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Server server;
    private final AgentConnection agent;
    private final Map<ServerName, Integer> processes;
    private final Map<Place, KnownCounters> known = new EnumMap<>(Place.class);

    /**
     * Watches from a server.
     *
     * @param agent its agent
     * @param processes what {@link Server#pid} says of the other servers
     */
    Watcher(Server server, AgentConnection agent, Map<ServerName, Integer> processes) {
        this.server = server;
        this.agent = agent;
        this.processes = Map.copyOf(processes);
    }

    /**
     * Waits until the links of places are at rest: until two readings of all their packet counters, a pause apart, are the same.
     *
     * @param patience how long packets may pass; throws {@link RequestRefused} then
     * @return all counters of the places, read within the pause; none unless they are asked for
     */
    public Map<Place, Counters> rest(Collection<Place> places, Duration pause, Duration patience, boolean counters) {
        return AgentConnection.join(resting(places, pause, patience, counters));
    }

    CompletableFuture<Map<Place, Counters>> resting(
            Collection<Place> places, Duration pause, Duration patience, boolean counters) {
        Request request = new Request(RequestType.REST)
                .u32(pause.toMillis())
                .u32(patience.toMillis())
                .u8(counters ? 1 : 0)
                .list(places.stream().map(this::namespace).toList());
        return agent.send(
                request,
                "rest of " + places,
                ChunkSink.NONE,
                patience.plus(GRACE),
                answer -> counted(answer, counters ? places : List.of()));
    }

    private Map<Place, Counters> counted(Answer answer, Collection<Place> places) {
        Map<Place, Counters> read = new EnumMap<>(Place.class);
        for (Place place : places) {
            read.put(
                    place,
                    known.computeIfAbsent(place, unknown -> new KnownCounters()).next(answer));
        }
        return read;
    }

    /** Starts to capture at a point; fails with {@link RequestRefused} when the device is not there. */
    CompletableFuture<Void> tap(CapturePoint point, int snapLength) {
        Request request = new Request(RequestType.TAP)
                .text(point.toString())
                .text(namespace(point.place()))
                .text(point.device())
                .u32(snapLength);
        return agent.send(request, "capture at " + point, ChunkSink.NONE, GRACE).thenAccept(answer -> {});
    }

    /** Ends a capture and copies it to a file of this machine; returns what the kernel says of it, unless its device is gone. */
    CompletableFuture<CaptureCount> untap(CapturePoint point, Path target) {
        String file = CaptureSession.file(point);
        Request request = new Request(RequestType.UNTAP).text(point.toString()).text(file);
        return agent.send(request, "end of the capture at " + point, ChunkSink.NONE, GRACE)
                .thenCompose(answer -> {
                    boolean there = answer.u8() == 1;
                    CaptureCount count = new CaptureCount(answer.u64(), answer.u64(), answer.u64());
                    return server.fetch(file, target).thenApply(length -> there ? count : CaptureCount.UNKNOWN);
                });
    }

    private String namespace(Place place) {
        String name = Server.namespaceOn(place);
        if (place.server() == server.name()) {
            return name;
        }
        Integer process = processes.get(place.server());
        if (process == null) {
            throw new IllegalArgumentException("place " + place.id() + " is on server "
                    + place.server().id() + ", which server " + server.name().id() + " knows nothing of");
        }
        return process + "/" + name;
    }
}
