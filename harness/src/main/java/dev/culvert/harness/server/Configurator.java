package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.ServerName;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.RunStep;
import dev.culvert.topologies.plan.Step;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Carries plans out with iproute2: the steps of one server in their order, those of different servers at the same time, and a link between
 * servers only when everything before it is done.
 */
public final class Configurator {

    private final Servers servers;

    public Configurator(Servers servers) {
        this.servers = servers;
    }

    /**
     * Carries out a plan; throws {@link KernelLacks} when the kernel has not what a step needs, {@link ConfigurationFailed} when
     * it refuses a step for another reason. What was done before that stays; {@link #clear} takes it away.
     */
    public void apply(Plan plan) {
        List<RunStep> together = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof LinkStep link) {
                runAll(together);
                together.clear();
                Server far = servers.get(link.link().far().place());
                runAll(List.of(new RunStep(link.place(), link.argv(String.valueOf(far.pid())), link.purpose())));
            } else {
                together.add((RunStep) step);
            }
        }
        runAll(together);
    }

    /** Empties the servers of a topology, however much of it there is; a step that finds nothing to remove is no error. */
    public void clear(Topology topology) {
        servers.reset();
        Map<ServerName, List<RunStep>> steps = byServer(Plan.teardown(topology).steps().stream()
                .map(RunStep.class::cast)
                .toList());
        inParallel(steps, this::run);
    }

    private void runAll(List<RunStep> steps) {
        inParallel(byServer(steps), this::runOrThrow);
    }

    private static Map<ServerName, List<RunStep>> byServer(List<RunStep> steps) {
        Map<ServerName, List<RunStep>> byServer = new EnumMap<>(ServerName.class);
        steps.forEach(step -> byServer.computeIfAbsent(step.place().server(), s -> new ArrayList<>())
                .add(step));
        return byServer;
    }

    private static void inParallel(Map<ServerName, List<RunStep>> steps, java.util.function.Consumer<RunStep> action) {
        List<CompletableFuture<Void>> running = steps.entrySet().stream()
                .map(entry -> CompletableFuture.runAsync(
                        () -> entry.getValue().forEach(action),
                        task -> new Thread(
                                        task,
                                        "culvert-configure-" + entry.getKey().id())
                                .start()))
                .toList();
        running.forEach(AgentConnection::join);
    }

    private CommandRecord run(RunStep step) {
        return servers.run(Command.at(step.place(), step.argv()));
    }

    private void runOrThrow(RunStep step) {
        CommandRecord result = run(step);
        if (result.exit() != 0) {
            KernelLacks.recognise(step, result).ifPresent(lacks -> {
                throw lacks;
            });
            throw new ConfigurationFailed(step, result);
        }
    }
}
