package dev.culvert.harness.server;

import com.github.dockerjava.api.DockerClient;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Counters;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.ServerName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The servers of a lab: A, B and the router, each in a container of its own. Those that a lab's template already runs are found again, others
 * are started.
 */
public final class Servers implements AutoCloseable {

    private static final Duration FIRST_GREETING = Duration.ofSeconds(5);
    private static final Duration SECOND_GREETING = Duration.ofSeconds(30);

    private final Map<ServerName, ServerContainer> containers = new EnumMap<>(ServerName.class);
    private final Map<ServerName, Server> servers = new EnumMap<>(ServerName.class);
    private final CommandLog log = new CommandLog();
    private final Lease lease;

    private Servers(String image, Duration term) {
        this.lease = new Lease(term);
        for (ServerName name : ServerName.values()) {
            containers.put(name, new ServerContainer(name, image, term));
        }
    }

    /**
     * Starts the servers, or finds them running, and attaches to their agents, all at once.
     *
     * @param image what they are made of; the engine has it
     * @param lease how long an agent goes on without word from here; zero, for ever, where the lab itself ends with Culvert
     */
    public static Servers start(String image, Duration lease) {
        Servers servers = new Servers(image, lease);
        try {
            servers.start();
            return servers;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private void start() {
        DockerClient engine = PatientEngine.client();
        if (lease.ends()) {
            Leftovers.remove(engine);
        }
        Map<ServerName, CompletableFuture<Server>> starting = new EnumMap<>(ServerName.class);
        containers.forEach((name, container) -> starting.put(
                name,
                CompletableFuture.supplyAsync(
                        () -> {
                            container.start();
                            return attach(name, engine, container.getContainerId());
                        },
                        thread("culvert-start-" + name.id()))));
        starting.forEach((name, server) -> servers.put(name, AgentConnection.join(server)));
    }

    private Server attach(ServerName name, DockerClient engine, String container) {
        Attachment attachment = Attachment.to(engine, container);
        AgentConnection agent =
                new AgentConnection(name.id(), attachment.output(), attachment.input(), attachment::lastWords);
        Server server = new Server(name, agent, agent.greet(FIRST_GREETING, SECOND_GREETING), log);
        lease.keep(server);
        return server;
    }

    /** A text that changes whenever servers started earlier are no longer those that would be started now. */
    public static String key() {
        return ServerContainer.LABEL + " " + AgentScript.version();
    }

    public Server get(ServerName name) {
        Server server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server " + name.id() + " was started");
        }
        return server;
    }

    /** The server whose container holds a place. */
    public Server get(Place place) {
        return get(place.server());
    }

    /** The id of the container that holds a place. */
    String container(Place place) {
        ServerContainer container = containers.get(place.server());
        if (container == null) {
            throw new IllegalArgumentException("no server " + place.server().id() + " was started");
        }
        return container.getContainerId();
    }

    /** Runs a command at its place and returns how it ended, well or not. */
    public CommandRecord run(Command command) {
        return get(command.place()).run(command);
    }

    /** Reads the counters of places, all servers at once. */
    public Map<Place, Counters> counters(Collection<Place> places) {
        Map<Place, Counters> counters = new EnumMap<>(Place.class);
        onEach(places, Server::counters).forEach(counters::putAll);
        return counters;
    }

    /** Reads something, cheaply, that two readings have in common only if no packet passed any link of the places in between. */
    public List<ByteBuffer> traffic(Collection<Place> places) {
        return onEach(places, Server::traffic);
    }

    private <T> List<T> onEach(
            Collection<Place> places, BiFunction<Server, List<Place>, CompletableFuture<T>> question) {
        Map<ServerName, List<Place>> byServer =
                places.stream().collect(Collectors.groupingBy(Place::server, TreeMap::new, Collectors.toList()));
        List<CompletableFuture<T>> asking = byServer.entrySet().stream()
                .map(entry -> question.apply(get(entry.getKey()), entry.getValue()))
                .toList();
        return asking.stream().map(AgentConnection::join).toList();
    }

    /** Every command run so far on any of them. */
    public CommandLog log() {
        return log;
    }

    /** Ends every process and closes every socket on all servers. */
    public void reset() {
        List<CompletableFuture<Void>> resets = new ArrayList<>();
        servers.values().forEach(server -> resets.add(server.reset()));
        resets.forEach(AgentConnection::join);
    }

    /** Ends the connections. Servers without a lease go on, for the next client or the forks of their lab; the others are removed. */
    @Override
    public void close() {
        lease.close();
        servers.values().forEach(Server::close);
        if (lease.ends()) {
            List<CompletableFuture<Void>> stopping = containers.entrySet().stream()
                    .map(entry -> CompletableFuture.runAsync(
                            entry.getValue()::stop,
                            thread("culvert-stop-" + entry.getKey().id())))
                    .toList();
            stopping.forEach(AgentConnection::join);
        }
    }

    private static Executor thread(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.start();
        };
    }
}
