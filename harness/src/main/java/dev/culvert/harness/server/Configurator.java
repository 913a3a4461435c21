package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.RunStep;
import dev.culvert.topologies.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries plans out with iproute2: the steps of one server in their order, those of different servers at the same time, and a link between
 * servers only when everything before it is done. Behind the last link the places of one server do not need each other any more and go on
 * by themselves.
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
        List<Step> together = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof LinkStep link && link.joinsServers()) {
                inParallel(together, place -> place.server().id(), this::carryOut);
                together.clear();
                Server far = servers.get(link.link().far().place());
                carryOut(List.of(new RunStep(link.place(), link.argv(String.valueOf(far.pid())), link.purpose())));
            } else {
                together.add(step);
            }
        }
        inParallel(together, Place::id, this::carryOut);
    }

    /** Empties the servers of a topology, however much of it there is; a step that finds nothing to remove is no error. */
    public void clear(Topology topology) {
        servers.reset();
        inParallel(Plan.teardown(topology).steps(), place -> place.server().id(), this::tryAll);
    }

    /** Carries out steps, those of one group in their order, and returns or throws when every group has come to its end. */
    private static void inParallel(
            List<? extends Step> steps, Function<Place, String> group, Consumer<List<Step>> action) {
        Map<String, List<Step>> groups = new TreeMap<>();
        steps.forEach(step -> groups.computeIfAbsent(group.apply(step.place()), g -> new ArrayList<>())
                .add(step));
        List<CompletableFuture<Void>> running = groups.entrySet().stream()
                .map(entry -> CompletableFuture.runAsync(
                        () -> action.accept(entry.getValue()),
                        task -> new Thread(task, "culvert-configure-" + entry.getKey()).start()))
                .toList();
        running.forEach(one -> one.exceptionally(failure -> null).join());
        running.forEach(AgentConnection::join);
    }

    private void tryAll(List<? extends Step> steps) {
        steps.forEach(step -> servers.run(Command.at(step.place(), step.argvByName())));
    }

    private void carryOut(List<? extends Step> steps) {
        IpBatch.of(steps.stream().map(Configurator::command).toList()).forEach(this::carryOut);
    }

    private static RunStep command(Step step) {
        return new RunStep(step.place(), step.argvByName(), step.purpose());
    }

    private void carryOut(IpBatch batch) {
        CommandRecord whole = AgentConnection.join(servers.get(batch.place()).unlogged(batch.command()));
        List<CommandRecord> records = batch.records(whole);
        records.forEach(servers.log()::add);
        if (whole.exit() != 0) {
            int failed = records.size() - 1;
            RunStep step = batch.steps().get(failed);
            CommandRecord result = records.get(failed);
            KernelLacks.recognise(step, result).ifPresent(lacks -> {
                throw lacks;
            });
            throw new ConfigurationFailed(step, result);
        }
    }
}
