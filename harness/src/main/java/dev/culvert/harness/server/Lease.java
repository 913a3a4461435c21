package dev.culvert.harness.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lets the agents of servers know that they are still wanted: one that was started with a lease ends when it hears nothing for that long. */
final class Lease implements AutoCloseable {

    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final Duration term;
    private final Thread renewal = new Thread(this::renew, "culvert-lease");

    /** A lease of that term; one of zero does not end and need not be renewed. */
    Lease(Duration term) {
        this.term = term;
        renewal.setDaemon(true);
        if (ends()) {
            renewal.start();
        }
    }

    /** Whether servers end by themselves. */
    boolean ends() {
        return !term.isZero();
    }

    void keep(Server server) {
        servers.add(server);
    }

    private void renew() {
        try {
            while (true) {
                servers.forEach(Server::renewLease);
                Thread.sleep(term.toMillis() / 4);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        renewal.interrupt();
    }
}
