package dev.culvert.harness.run;

import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.file.Topologies;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Carries out the orders that a worker is given.
 *
 * @param servers those of its lab
 * @param events hears how it goes
 * @param trouble hears of each topology that could not be observed, and why
 */
record OrderedObservations(Servers servers, Consumer<WorkerEvent> events, BiConsumer<String, Exception> trouble) {

    /** Observes a topology and says at the end whether that succeeded. */
    void carryOut(WorkerOrder order) {
        var topology = Topologies.read(Path.of(order.topology()));
        try {
            new TopologyObserver(
                            topology,
                            servers,
                            order,
                            (text, step, of) -> events.accept(new WorkerEvent.Phase(topology.name(), text, step, of)))
                    .observe();
            events.accept(new WorkerEvent.Observed(topology.name()));
        } catch (Exception e) {
            trouble.accept(topology.name() + " could not be observed", e);
            events.accept(new WorkerEvent.Failed(topology.name(), String.valueOf(e.getMessage())));
        }
    }
}
