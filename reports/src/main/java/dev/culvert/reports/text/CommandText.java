package dev.culvert.reports.text;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import java.util.stream.Collectors;

/** What was typed on the servers and what they answered, as a terminal would have shown it. */
public final class CommandText {

    private CommandText() {}

    /** Every command of the evidence in the order in which they were run. */
    public static String of(Evidence evidence) {
        return evidence.commands().stream().map(CommandText::command).collect(Collectors.joining("\n"));
    }

    private static String command(CommandRecord command) {
        String ended = command.timedOut() ? "  # timed out" : command.exit() == 0 ? "" : "  # exit " + command.exit();
        return command.place().id() + "$ " + String.join(" ", command.argv()) + ended + "\n" + command.stdout()
                + command.stderr();
    }
}
