package dev.culvert.harness.server;

import java.time.Duration;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets the agents of servers know that they are still wanted: one that was started with a lease ends when it hears nothing for that long. */
final class Lease implements AutoCloseable {

    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final Duration term;
    private final Timer renewal = new Timer("culvert-lease", true);

    /** A lease of that term; one of zero does not end and need not be renewed. */
    Lease(Duration term) {
        this.term = term;
        if (ends()) {
            renewal.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            servers.forEach(Server::renewLease);
                        }
                    },
                    0,
                    term.toMillis() / 4);
        }
    }

    /** Whether servers end by themselves. */
    boolean ends() {
        return !term.isZero();
    }

    void keep(Server server) {
        servers.add(server);
    }

    @Override
    public void close() {
        renewal.cancel();
    }
}
