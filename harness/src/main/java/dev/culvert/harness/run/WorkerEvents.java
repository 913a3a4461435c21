package dev.culvert.harness.run;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a worker has said and nobody has heard yet. */
final class WorkerEvents {

    private final BlockingQueue<WorkerEvent> events = new LinkedBlockingQueue<>();

    void add(WorkerEvent event) {
        events.add(event);
    }

    /**
     * Hands events on until one of them ends what was waited for.
     *
     * @param silence how long the worker may say nothing before it is given up
     * @return the last event: ready, observed or failed
     */
    WorkerEvent await(Duration silence, Consumer<WorkerEvent.Phase> phases) throws InterruptedException {
        while (true) {
            WorkerEvent event = events.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                return new WorkerEvent.Failed("", "the worker said nothing for " + silence.toSeconds() + " s");
            }
            if (!(event instanceof WorkerEvent.Phase phase)) {
                return event;
            }
            phases.accept(phase);
        }
    }
}
