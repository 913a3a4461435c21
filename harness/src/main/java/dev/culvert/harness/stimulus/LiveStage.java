package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.evidence.Sent;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.server.Command;
import dev.culvert.harness.server.Configurator;
import dev.culvert.harness.server.Injected;
import dev.culvert.harness.server.Injection;
import dev.culvert.harness.server.Server;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.ServerName;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.RunStep;
import dev.culvert.topologies.plan.Step;
import dev.culvert.topologies.plan.TunnelRoutes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** Carries out one stimulus on the servers of a lab and keeps its record. */
public final class LiveStage implements Stage {

    private final Topology topology;
    private final Servers servers;
    private final Quiescence quiescence;
    /** What is to be run before what is queued is sent, all on one place. */
    private final List<Asked> asked = new ArrayList<>();

    private final List<Queued> queue = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, CommandRecord> answers = new LinkedHashMap<>();
    private final Map<String, String> options = new HashMap<>();
    private final Deque<Step> afterwards = new ArrayDeque<>();
    private boolean rousing;

    private LiveStage(Topology topology, Servers servers, Quiescence quiescence) {
        this.topology = topology;
        this.servers = servers;
        this.quiescence = quiescence;
        options.putAll(topology.a().tunnel().options().asWords());
    }

    /**
     * Performs a stimulus. What it changed is put back also when it fails.
     *
     * @param before the counters as the stimulus before it left them
     */
    static Performed perform(
            Stimulus stimulus, Topology topology, Servers servers, Quiescence quiescence, Map<Place, Counters> before) {
        LiveStage stage = new LiveStage(topology, servers, quiescence);
        long from = latest(before) + 1;
        Map<Place, Counters> after;
        Map<String, String> inForce;
        try {
            stimulus.action().accept(stage);
            stage.flush();
            after = quiescence.counters();
            inForce = Map.copyOf(stage.options);
        } finally {
            stage.putBack();
        }
        StimulusRecord record = new StimulusRecord(
                stimulus.id(),
                stimulus.purpose(),
                inForce,
                from,
                latest(after),
                stage.sent,
                before,
                after,
                stage.answers);
        return new Performed(record, stage.afterwards.isEmpty() ? after : stage.atRest());
    }

    private static long latest(Map<Place, Counters> counters) {
        return counters.values().stream().mapToLong(Counters::atNanos).max().orElse(0);
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public void send(String label, Place from, byte[] packet) {
        boolean ipv6 = packet[0] >> 4 == Family.IPV6.version();
        queue.add(new Queued(label, ipv6 ? Injection.ipv6(from, packet) : Injection.ipv4(from, packet)));
    }

    @Override
    public void inject(String label, Place from, String device, byte[] frame) {
        queue.add(new Queued(label, Injection.frame(from, device, frame)));
    }

    @Override
    public void run(String answer, Place place, List<String> argv) {
        if (!queue.isEmpty() || asked.stream().anyMatch(other -> other.place() != place)) {
            flush();
        }
        asked.add(new Asked(answer, place, argv));
    }

    @Override
    public CommandRecord ask(String answer, Place place, List<String> argv) {
        run(answer, place, argv);
        flush();
        return Objects.requireNonNull(answers.get(answer));
    }

    @Override
    public void settle() {
        flush();
        quiescence.await();
    }

    @Override
    public void settleTimers() {
        flush();
        quiescence.awaitTimers();
    }

    @Override
    public void tunnelOptions(List<String> words) {
        TunnelEnd end = topology.a().tunnel();
        flush();
        Map<String, String> changed = read(words.iterator());
        if (end.external()) {
            byRoutes(end, changed);
            return;
        }
        afterwards(Place.A, change(end, everyOption(end)));
        server(Place.A).runOrThrow(Command.at(Place.A, change(end, words)));
        options.putAll(changed);
    }

    /** Has the routes say what a device in external mode cannot be told; what they cannot say either stays as it is. */
    private void byRoutes(TunnelEnd end, Map<String, String> changed) {
        Kind kind = topology.kind();
        Map<String, String> given = new LinkedHashMap<>(end.options().given());
        given.putAll(changed);
        kind.conflicts(Options.of(kind, given)).keySet().forEach(unsaid -> {
            given.remove(unsaid);
            end.options().given().forEach((name, value) -> given.putIfAbsent(name, value));
        });
        TunnelEnd other = end.with(Options.of(kind, given));
        TunnelRoutes.into(topology, topology.a(), end).forEach(route -> afterwards(Place.A, route.replacing()));
        TunnelRoutes.into(topology, topology.a(), other)
                .forEach(route -> server(Place.A).runOrThrow(Command.at(Place.A, route.replacing())));
        options.putAll(given);
    }

    private List<String> change(TunnelEnd end, List<String> words) {
        List<String> all = new ArrayList<>(topology.kind().saidAgain(end.options()));
        all.addAll(words);
        return topology.kind().changeDevice(end.device(), all);
    }

    /** Options given in iproute2's words, under the names and values that {@link Options#asWords()} has. */
    private Map<String, String> read(Iterator<String> words) {
        Map<String, String> options = new LinkedHashMap<>();
        while (words.hasNext()) {
            String word = words.next();
            String positive = word.startsWith("no") ? word.substring(2) : word;
            if (topology.kind().option(positive).orElse(null) instanceof Option.Flag) {
                options.put(positive, String.valueOf(positive.equals(word)));
            } else {
                options.put(word, words.next());
            }
        }
        return options;
    }

    /** The words of all that can be changed and is not said anyway. */
    private List<String> everyOption(TunnelEnd end) {
        Map<String, String> values = end.options().asWords();
        List<String> said = topology.kind().saidAgain(end.options());
        return topology.kind().options().stream()
                .filter(option -> values.containsKey(option.name()))
                .filter(option -> topology.kind().isChangeable(option) && !said.contains(option.name()))
                .flatMap(option -> option.words(values.get(option.name())).stream())
                .toList();
    }

    @Override
    public void afterwards(Place place, List<String> argv) {
        rousing |= rouses(argv);
        afterwards.push(new RunStep(place, argv, "put back what was changed"));
    }

    /** Runs what is asked for, then sends what is queued: in order on each server, on all servers at once. */
    private void flush() {
        runAsked();
        Map<ServerName, List<Queued>> byServer = new EnumMap<>(ServerName.class);
        queue.forEach(q -> byServer.computeIfAbsent(q.injection().place().server(), s -> new ArrayList<>())
                .add(q));
        queue.clear();
        Map<ServerName, CompletableFuture<List<Injected>>> running = new EnumMap<>(ServerName.class);
        byServer.forEach((server, queued) -> running.put(
                server,
                servers.get(server)
                        .inject(queued.stream().map(Queued::injection).toList())));
        running.forEach((server, results) -> {
            List<Injected> injected = results.join();
            for (int i = 0; i < injected.size(); i++) {
                sent.add(byServer.get(server).get(i).sent(injected.get(i)));
            }
        });
    }

    private void runAsked() {
        if (asked.isEmpty()) {
            return;
        }
        List<Asked> now = List.copyOf(asked);
        asked.clear();
        Place place = now.get(0).place();
        List<CommandRecord> results =
                server(place).runInOrder(place, now.stream().map(Asked::argv).toList());
        for (int i = 0; i < now.size(); i++) {
            answers.put(now.get(i).answer(), results.get(i));
        }
    }

    /** Puts back what was changed, the last first. */
    private void putBack() {
        asked.clear();
        queue.clear();
        new Configurator(servers, ConfiguredBy.IPROUTE2).apply(new Plan(List.copyOf(afterwards)));
    }

    /** The counters at rest after what was changed was put back, and all was said that this makes the kernel say. */
    private Map<Place, Counters> atRest() {
        return rousing ? quiescence.countersAfterTimers() : quiescence.counters();
    }

    /**
     * Whether a device that is told so reports the groups of IPv6 that it is in, behind timers: it comes up, or has one more address ({@code mld_ifc_work} in
     * net/ipv6/mcast.c).
     */
    private boolean rouses(List<String> argv) {
        return topology.usesIpv6()
                && (argv.get(argv.size() - 1).equals("up") || argv.containsAll(List.of("addr", "replace")));
    }

    private Server server(Place place) {
        return servers.get(place.server());
    }

    /** A stimulus as it was carried out, and the counters at rest after what it changed was put back. */
    record Performed(StimulusRecord record, Map<Place, Counters> atRest) {}

    private record Asked(String answer, Place place, List<String> argv) {}

    private record Queued(String label, Injection injection) {

        Sent sent(Injected result) {
            return new Sent(
                    label, injection.place(), injection.device(), injection.bytes(), result.atNanos(), result.error());
        }
    }
}
