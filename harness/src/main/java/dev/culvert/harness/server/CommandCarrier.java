package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.ServeStep;
import dev.culvert.topologies.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Carries out every step by its command. */
final class CommandCarrier implements StepCarrier {

    private final Function<Place, Server> servers;
    private final CommandLog log;

    /**
     * A carrier to servers.
     *
     * @param servers the one that holds a place
     * @param log hears of everything that is tried
     */
    CommandCarrier(Function<Place, Server> servers, CommandLog log) {
        this.servers = servers;
        this.log = log;
    }

    @Override
    public void carryOut(List<? extends Step> steps) {
        for (Step step : steps) {
            if (step instanceof ServeStep serve) {
                start(serve);
            } else {
                carryOut(step);
            }
        }
    }

    private void carryOut(Step step) {
        List<String> argv = argv(step);
        CommandRecord result = servers.apply(step.place()).run(Command.at(step.place(), argv));
        if (result.exit() != 0) {
            KernelLacks.recognise(argv, ConfigurationFailed.said(result)).ifPresent(lacks -> {
                throw lacks;
            });
            throw ConfigurationFailed.ended(step, result);
        }
    }

    private List<String> argv(Step step) {
        return step instanceof LinkStep link && link.joinsServers()
                ? link.argv(
                        String.valueOf(servers.apply(link.link().far().place()).pid()))
                : step.argvByName();
    }

    /** What goes on ends with everything else that was started on the server: see {@link Server#reset}. */
    private void start(ServeStep step) {
        Server server = servers.apply(step.place());
        long at = server.clockNanos();
        try {
            AgentConnection.join(server.spawn(step.purpose(), Command.at(step.place(), step.argv()), step.ready()));
        } catch (SpawnFailed failure) {
            throw new ConfigurationFailed(step, failure);
        }
        long took = server.clockNanos() - at;
        log.add(new CommandRecord(step.place(), step.argv(), 0, false, step.ready() + "\n", "", at, took));
    }

    @Override
    public void tryAll(List<? extends Step> steps) {
        Map<Place, List<List<String>>> commands = new LinkedHashMap<>();
        steps.forEach(step -> commands.computeIfAbsent(step.place(), place -> new ArrayList<>())
                .add(step.argvByName()));
        commands.forEach((place, its) -> servers.apply(place).runInOrder(place, its));
    }
}
