package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import java.util.ArrayList;
import java.util.List;

/** Every command of a run, over all servers, in the order in which they ended. Safe for any thread. */
public final class CommandLog {

    private final List<CommandRecord> records = new ArrayList<>();

    synchronized void add(CommandRecord record) {
        records.add(record);
    }

    /** What has been run so far. */
    public synchronized List<CommandRecord> records() {
        return List.copyOf(records);
    }

    /** Starts over, for the next topology. */
    public synchronized void clear() {
        records.clear();
    }
}
