package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.RunStep;
import dev.culvert.topologies.plan.ServeStep;
import dev.culvert.topologies.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Carries out every step by its command, those of {@code ip} that follow each other in one process. */
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
        List<RunStep> together = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof ServeStep serve) {
                IpBatch.of(together).forEach(this::carryOut);
                together.clear();
                start(serve);
            } else {
                together.add(command(step));
            }
        }
        IpBatch.of(together).forEach(this::carryOut);
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

    private RunStep command(Step step) {
        List<String> argv = step instanceof LinkStep link && link.joinsServers()
                ? link.argv(
                        String.valueOf(servers.apply(link.link().far().place()).pid()))
                : step.argvByName();
        return new RunStep(step.place(), argv, step.purpose());
    }

    private void carryOut(IpBatch batch) {
        CommandRecord whole = AgentConnection.join(servers.apply(batch.place()).unlogged(batch.command()));
        List<CommandRecord> records = batch.records(whole);
        records.forEach(log::add);
        if (whole.exit() != 0) {
            int failed = records.size() - 1;
            RunStep step = batch.steps().get(failed);
            CommandRecord result = records.get(failed);
            KernelLacks.recognise(step.argv(), ConfigurationFailed.said(result)).ifPresent(lacks -> {
                throw lacks;
            });
            throw ConfigurationFailed.ended(step, result);
        }
    }
}
