package dev.culvert.harness.server;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Carries plans out, by iproute2 or by netlink: the steps of one server in their order, those of different servers at the same time, and a link between
 * servers only when everything before it is done. Behind the last link the places of one server do not need each other any more and go on
 * by themselves.
 */
public final class Configurator {

    private final Servers servers;
    private final StepCarrier carrier;

    public Configurator(Servers servers, ConfiguredBy by) {
        this.servers = servers;
        this.carrier = by == ConfiguredBy.NETLINK
                ? new NetlinkCarrier(servers::get, servers.log())
                : new CommandCarrier(servers::get, servers.log());
    }

    /**
     * Carries out a plan; throws {@link KernelLacks} when the kernel has not what a step needs, {@link ConfigurationFailed} when
     * it refuses a step for another reason. What was done before that stays; {@link #clear} takes it away.
     */
    public void apply(Plan plan) {
        List<Step> together = new ArrayList<>();
        for (Step step : plan.steps()) {
            if (step instanceof LinkStep link && link.joinsServers()) {
                inParallel(together, place -> place.server().id(), carrier::carryOut);
                together.clear();
                carrier.carryOut(List.of(link));
            } else {
                together.add(step);
            }
        }
        inParallel(together, Place::id, carrier::carryOut);
    }

    /** Empties the servers of a topology, however much of it there is; a step that finds nothing to remove is no error. */
    public void clear(Topology topology) {
        servers.reset();
        inParallel(Plan.teardown(topology).steps(), place -> place.server().id(), carrier::tryAll);
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
}
