package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.RunStep;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands of one place in their order, each with a record of its own, whether it succeeds or not. Those of {@code ip} that print nothing share
 * a process as long as they succeed; one that does not is carried out once more by itself, as a batch does not tell its exit
 * status, and that attempt is the one in the record.
 */
final class CommandSequence {

    private final Server server;
    private final Place place;

    CommandSequence(Server server, Place place) {
        this.server = server;
        this.place = place;
    }

    /** Carries out all commands, also behind one that fails, and returns their records in the same order. */
    List<CommandRecord> run(List<List<String>> commands) {
        List<RunStep> left = commands.stream()
                .map(argv -> new RunStep(place, argv, "a stimulus asks for it"))
                .toList();
        List<CommandRecord> records = new ArrayList<>();
        while (!left.isEmpty()) {
            List<RunStep> together = IpBatch.of(left).get(0).steps();
            int done = together.size() == 1 ? 0 : together(new IpBatch(place, together), records);
            if (done < together.size()) {
                records.add(server.run(Command.at(place, left.get(done).argv())));
                done++;
            }
            left = left.subList(done, left.size());
        }
        return records;
    }

    /**
     * Has one process carry out several commands; returns how many of them succeeded before one did not. Throws {@link CommandFailed} when
     * the process ended without telling: to guess would be to carry out again what was done.
     */
    private int together(IpBatch batch, List<CommandRecord> records) {
        CommandRecord whole = AgentConnection.join(server.unlogged(batch.command()));
        if (!batch.tellsHowFarItCame(whole)) {
            throw new CommandFailed(whole);
        }
        List<CommandRecord> succeeded = batch.records(whole).stream()
                .takeWhile(record -> record.exit() == 0 && !record.timedOut())
                .toList();
        succeeded.forEach(server::log);
        records.addAll(succeeded);
        return succeeded.size();
    }
}
