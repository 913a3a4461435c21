package dev.culvert.harness.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.server.ServerAccess;
import dev.culvert.harness.server.Servers;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program that works with one lab: observes the topologies it is ordered to, one after the other, and says on standard output
 * how it goes. Arguments: the words of a {@link ServerAccess}; then {@code prepare} to start the servers and leave them, or {@code observe}
 * to take orders.
 */
public final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final PrintWriter events;

    private Worker(PrintStream out) {
        this.events = new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    /** Runs until standard input ends. */
    public static void main(String[] arguments) {
        Worker worker = new Worker(System.out);
        // What libraries print must not be taken for events.
        System.setOut(System.err);
        int status = 0;
        try {
            ServerAccess access = ServerAccess.of(List.of(arguments));
            if (arguments[ServerAccess.WORDS].equals("prepare")) {
                Servers.start(access).close();
                worker.say(new WorkerEvent.Ready());
            } else {
                worker.observe(access);
            }
        } catch (Exception e) {
            LOG.error("the worker ends", e);
            worker.say(new WorkerEvent.Failed("", String.valueOf(e.getMessage())));
            status = 1;
        }
        // Testcontainers leaves threads behind that would keep the JVM.
        System.exit(status);
    }

    private void observe(ServerAccess access) throws IOException, InterruptedException {
        // Leaving runs Testcontainers' hook, which removes the containers that are not a template's.
        Orders orders = new Orders(System.in, () -> System.exit(1));
        try (Servers servers = Servers.reach(access)) {
            OrderedObservations observations = new OrderedObservations(servers, this::say, LOG::error);
            say(new WorkerEvent.Ready());
            for (WorkerOrder order = orders.next(); order != null; order = orders.next()) {
                observations.carryOut(order);
            }
        }
    }

    private synchronized void say(WorkerEvent event) {
        try {
            events.println(JSON.writerFor(WorkerEvent.class).writeValueAsString(event));
        } catch (IOException e) {
            throw new IllegalStateException("an event cannot be written as JSON", e);
        }
    }
}
