package dev.culvert.ci;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.run.ObservationListener;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Does other work while topologies are observed, in one thread. It begins once the first topology is set up: until then the lab and its worker have
 * more to do than two processors can; afterwards one stimulus waits for the other.
 */
final class Meanwhile implements ObservationListener, AutoCloseable {

    private final ObservationListener listener;
    private final Runnable first;
    private final Consumer<String> then;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread named = new Thread(work, "culvert-meanwhile");
        named.setDaemon(true);
        return named;
    });
    private boolean begun;

    /**
     * Work for which nobody waits here.
     *
     * @param listener hears everything
     * @param first is done before anything else
     * @param then is done with the name of each topology that has been observed
     */
    Meanwhile(ObservationListener listener, Runnable first, Consumer<String> then) {
        this.listener = listener;
        this.first = first;
        this.then = then;
    }

    @Override
    public void preparing(String what) {
        listener.preparing(what);
    }

    @Override
    public void step(String topology, String what, int step, int steps) {
        if (step >= STEPS_OF_SETTING_UP) {
            begin();
        }
        listener.step(topology, what, step, steps);
    }

    @Override
    public void observed(String topology, Completion completion) {
        begin();
        thread.execute(() -> then.accept(topology));
        listener.observed(topology, completion);
    }

    private void begin() {
        if (!begun) {
            begun = true;
            thread.execute(first);
        }
    }

    /** Takes no more work; what has been taken is done. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
