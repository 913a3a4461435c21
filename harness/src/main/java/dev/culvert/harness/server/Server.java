package dev.culvert.harness.server;

import static dev.culvert.harness.server.AgentConnection.join;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.netlink.NetlinkProtocol;
import dev.culvert.harness.netlink.Relay;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.ServerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A server of a lab, reached through its agent: itself, and the LAN host behind it in a network namespace of the same container. */
public final class Server implements AutoCloseable {

    /** Beyond a request's own time-out: what the way there and back may take on a loaded, emulated machine. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private static final Duration FETCHING = Duration.ofMinutes(5);

    /** The program whose commands the agent carries out in their order for each place; it may be told several before the first has ended. */
    private static final String KEEPS_ORDER = "ip";

    private static final long OUTPUT_LIMIT = 16 << 20;
    private static final long UNLIMITED = Long.MAX_VALUE;

    private final ServerName name;
    private final AgentConnection agent;
    private final AgentConnection.Greeting greeting;
    private final CommandLog log;

    Server(ServerName name, AgentConnection agent, AgentConnection.Greeting greeting, CommandLog log) {
        this.name = name;
        this.agent = agent;
        this.greeting = greeting;
        this.log = log;
    }

    public ServerName name() {
        return name;
    }

    /**
     * The id, in the lab's pid namespace, of a process that stays in the server's own network namespace, which {@code ip link set DEV netns PID}
     * understands. The agent itself enters those of hosts for moments.
     */
    public int pid() {
        return greeting.pid();
    }

    /**
     * Has its agent watch places, those of other servers as well.
     *
     * @param processes what {@link #pid} says of the other servers
     */
    Watcher watcher(Map<ServerName, Integer> processes) {
        return new Watcher(this, agent, processes);
    }

    /** Runs a command and returns how it ended, well or not. */
    public CommandRecord run(Command command) {
        return join(begin(command));
    }

    /** Runs a command that has to succeed; throws {@link CommandFailed}. */
    public CommandRecord runOrThrow(Command command) {
        return join(beginOrThrow(command));
    }

    /** Starts a command that has to succeed; fails with {@link CommandFailed}. Others can be run meanwhile. */
    public CompletableFuture<CommandRecord> beginOrThrow(Command command) {
        return begin(command).thenApply(result -> {
            if (result.exit() != 0) {
                throw new CommandFailed(result);
            }
            return result;
        });
    }

    /** Starts a command; others can be run meanwhile. */
    public CompletableFuture<CommandRecord> begin(Command command) {
        return ending(running(command, OUTPUT_LIMIT), command, command.timeout());
    }

    /** Runs commands in a place one after the other, also behind one that fails, and returns how each ended. */
    public List<CommandRecord> runInOrder(Place place, List<List<String>> commands) {
        List<CompletableFuture<CommandRecord>> running = new ArrayList<>();
        for (List<String> argv : commands) {
            if (!argv.get(0).equals(KEEPS_ORDER)) {
                running.forEach(AgentConnection::join);
            }
            CompletableFuture<CommandRecord> one = begin(Command.at(place, argv));
            if (!argv.get(0).equals(KEEPS_ORDER)) {
                join(one);
            }
            running.add(one);
        }
        return running.stream().map(AgentConnection::join).toList();
    }

    /** Starts a command whose output goes to a sink as it comes, however much it is; its record has none. */
    CompletableFuture<CommandRecord> begin(Command command, ChunkSink sink) {
        return agent.send(
                        running(command, UNLIMITED),
                        command.toString(),
                        sink,
                        command.timeout().plus(GRACE))
                .thenApply(answer -> new CommandOutput().record(command, answer));
    }

    /**
     * Starts a background process and waits until it has printed a text, on either stream.
     *
     * @param key names the process among those of this server
     * @return fails with {@link SpawnFailed} when the process ends first or the time is out
     */
    public CompletableFuture<Spawned> spawn(String key, Command command, String awaited) {
        Request request = new Request(RequestType.SPAWN)
                .text(key)
                .text(namespace(command.place()))
                .text(awaited)
                .u32(command.timeout().toMillis())
                .list(command.argv());
        return sighting(request, command, awaited, command.timeout())
                .thenApply(seen -> new Spawned(this, key, command));
    }

    /**
     * Hands packets to the kernel, in order. A packet that the kernel refuses is no error here: its {@link Injected} says why.
     *
     * @return one result for each packet, in the same order
     */
    public CompletableFuture<List<Injected>> inject(List<Injection> batch) {
        CompletableFuture<List<Injected>> all = CompletableFuture.completedFuture(List.of());
        Duration patience = GRACE;
        for (List<Injection> part : InjectionBatch.split(batch)) {
            Request request = new Request(RequestType.INJECT).u32(part.size());
            for (Injection injection : part) {
                patience = patience.plus(injection.delay());
                request.u32(injection.delay().toNanos() / 1000)
                        .u8(injection.kind().code())
                        .text(namespace(injection.place()))
                        .text(injection.device())
                        .text(injection.bytes().toArray());
            }
            String what = "injection of " + part.size() + " packets";
            all = all.thenCombine(agent.send(request, what, ChunkSink.NONE, patience), InjectionBatch::append);
        }
        return all;
    }

    /** Carries netlink messages of a protocol to the kernel, in the network namespace of a place. */
    public Relay netlink(Place place, NetlinkProtocol protocol) {
        return datagrams -> {
            Request request = new Request(RequestType.NETLINK)
                    .u32(protocol.number())
                    .text(namespace(place))
                    .datagrams(datagrams);
            Answer answer = agent.ask(request, "answers of netlink at " + place.id(), GRACE);
            long at = answer.u64();
            long took = answer.u64();
            List<Bytes> answers = new ArrayList<>();
            for (int left = answer.u32(); left > 0; left--) {
                answers.add(Bytes.of(answer.raw(answer.u32())));
            }
            return new Relay.Exchange(at, took, answers);
        };
    }

    /** Copies a file of the server to this machine and tells its length; fails with {@link RequestRefused} when it is not there. */
    public CompletableFuture<Long> fetch(String path, Path file) {
        FetchedFile fetched = FetchedFile.create(file);
        Request request = new Request(RequestType.READ).text(path);
        return agent.send(request, "file \"" + path + "\"", fetched, FETCHING)
                .whenComplete((answer, failure) -> fetched.close())
                .thenApply(Answer::u64);
    }

    /** Copies a large file of the server, compressed on the way; fails with {@link CommandFailed} when it is not there. */
    public CompletableFuture<Long> fetchPacked(String path, Path file) {
        FetchedFile packed = FetchedFile.create(file.resolveSibling(file.getFileName() + ".gz"));
        Command gzip = Command.at(Place.of(name.id()), "gzip", "-1", "-c", path).withTimeout(FETCHING);
        return agent.send(running(gzip, UNLIMITED), gzip.toString(), packed, FETCHING.plus(GRACE))
                .whenComplete((answer, failure) -> packed.close())
                .thenApplyAsync(answer -> packed.unpackTo(file, gzip, answer));
    }

    /** Reads the log of the lab's kernel from a sequence number on; 0 is the oldest record kept. */
    public KernelLog kernelLog(long from) {
        Answer answer = agent.ask(new Request(RequestType.LOG).u64(from), "kernel log", GRACE);
        long next = answer.u64();
        List<String> records = new ArrayList<>();
        for (int left = answer.u32(); left > 0; left--) {
            records.add(answer.text());
        }
        return new KernelLog(next, records);
    }

    /** The server's clock, in nanoseconds since the epoch. */
    public long clockNanos() {
        return agent.ask(new Request(RequestType.CLOCK), "clock", GRACE).u64();
    }

    /** Ends every process started here and closes every socket that packets went through. */
    CompletableFuture<Void> reset() {
        return agent.send(new Request(RequestType.RESET), "end of all processes", ChunkSink.NONE, GRACE)
                .thenAccept(answer -> {});
    }

    /** Keeps an agent that was started with a lease from leaving. */
    void renewLease() {
        agent.tell(new Request(RequestType.RENEW));
    }

    /** Ends the connection; the server goes on and can be attached to again. */
    @Override
    public void close() {
        agent.close();
    }

    /** Sends a request that is answered by the ending of a command, and logs it. */
    CompletableFuture<CommandRecord> ending(Request request, Command command, Duration patience) {
        CommandOutput output = new CommandOutput();
        return agent.send(request, command.toString(), output, patience.plus(GRACE))
                .thenApply(answer -> {
                    CommandRecord record = output.record(command, answer);
                    log.add(record);
                    return record;
                });
    }

    /** Sends a request that is answered when a text was seen; fails with {@link SpawnFailed} when it was not. */
    CompletableFuture<String> sighting(Request request, Command command, String awaited, Duration patience) {
        return agent.send(request, command.toString(), ChunkSink.NONE, patience.plus(GRACE))
                .thenApply(answer -> {
                    Sighting sighting = Sighting.of(answer);
                    if (sighting.state() != Sighting.State.SEEN) {
                        throw new SpawnFailed(
                                command + ": awaited the text \"" + awaited + "\" for " + patience.toMillis()
                                        + " ms, but " + sighting.state().words() + "; it printed \""
                                        + sighting.printed().strip() + "\"");
                    }
                    return sighting.printed();
                });
    }

    private Request running(Command command, long outputLimit) {
        return new Request(RequestType.RUN)
                .u32(command.timeout().toMillis())
                .u64(outputLimit)
                .text(namespace(command.place()))
                .text(command.inputBytes())
                .list(command.argv());
    }

    /** What an agent calls the network namespace of a place of its own server. */
    static String namespaceOn(Place place) {
        return place.isNamespace() ? place.id() : "";
    }

    private String namespace(Place place) {
        if (place.server() != name) {
            throw new IllegalArgumentException(
                    "place " + place.id() + " is on server " + place.server().id() + ", not on " + name.id());
        }
        return namespaceOn(place);
    }
}
