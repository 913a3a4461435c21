package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.lab.AgentPorts;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.ServerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a lab: A, B and the router, each in a container of its own. Those that a lab's template already runs are found again, others
 * are started.
 */
public final class Servers implements AutoCloseable {

    private static final Duration FIRST_GREETING = Duration.ofSeconds(5);
    private static final Duration SECOND_GREETING = Duration.ofSeconds(30);

    /** It acts most. */
    private static final ServerName WATCHING = ServerName.A;

    private final Map<ServerName, ServerContainer> containers = new ConcurrentHashMap<>();
    private final Map<ServerName, Server> servers = new EnumMap<>(ServerName.class);
    private final CommandLog log = new CommandLog();
    private final ServerAccess access;
    private final Lease lease;
    private @Nullable Watcher watcher;

    private Servers(ServerAccess access) {
        this.access = access;
        this.lease = new Lease(access.lease());
    }

    /**
     * Starts the servers, or finds them running, and connects to their agents, all at once.
     */
    public static Servers start(ServerAccess access) {
        return connected(access, true);
    }

    /** Connects to the agents of servers that run already, where there are ports that lead to them; starts the servers otherwise. */
    public static Servers reach(ServerAccess access) {
        return connected(access, access.ports().isEmpty());
    }

    private static Servers connected(ServerAccess access, boolean start) {
        Servers servers = new Servers(access);
        try {
            servers.connect(start);
            return servers;
        } catch (RuntimeException e) {
            servers.close();
            throw e;
        }
    }

    private void connect(boolean start) {
        if (lease.ends()) {
            Leftovers.remove(PatientEngine.client());
        }
        Map<ServerName, CompletableFuture<Server>> connecting = new EnumMap<>(ServerName.class);
        for (ServerName name : ServerName.values()) {
            connecting.put(
                    name,
                    CompletableFuture.supplyAsync(
                            () -> {
                                if (start) {
                                    container(name);
                                }
                                return server(name, connection(name));
                            },
                            thread("culvert-connect-" + name.id())));
        }
        connecting.forEach((name, server) -> servers.put(name, AgentConnection.join(server)));
        watcher = get(WATCHING).watcher(servers.values().stream().collect(Collectors.toMap(Server::name, Server::pid)));
    }

    private AgentConnection connection(ServerName name) {
        Optional<Path> ports = access.ports();
        if (ports.isPresent()) {
            AgentPort port = AgentPort.at(ports.get().resolve(AgentPorts.name(name)));
            return new AgentConnection(name.id(), port.input(), port.output(), () -> "nothing but to the kernel's log");
        }
        Attachment attachment = Attachment.to(PatientEngine.client(), container(name));
        return new AgentConnection(name.id(), attachment.output(), attachment.input(), attachment::lastWords);
    }

    private Server server(ServerName name, AgentConnection agent) {
        Server server = new Server(name, agent, agent.greet(FIRST_GREETING, SECOND_GREETING), log);
        lease.keep(server);
        return server;
    }

    /** A text that changes whenever servers started earlier are no longer those that would be started now. */
    public static String key() {
        return ServerContainer.LABEL + " " + AgentProgram.version();
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
        return container(place.server());
    }

    /** The id of the container of a server, which is started unless it runs already. */
    private String container(ServerName name) {
        ServerContainer container = containers.computeIfAbsent(name, absent -> new ServerContainer(absent, access));
        container.start();
        return container.getContainerId();
    }

    /** Runs a command at its place and returns how it ended, well or not. */
    public CommandRecord run(Command command) {
        return get(command.place()).run(command);
    }

    /** What watches the places of all of them. */
    public Watcher watcher() {
        return Objects.requireNonNull(watcher, "no server was started");
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
