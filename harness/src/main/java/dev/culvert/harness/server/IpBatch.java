package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.RunStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Steps of one place that follow each other and that one process carries out, {@code ip -batch -}: to start {@code ip} costs more than what
 * it then does. A step that is no plain {@code ip} command is alone.
 */
record IpBatch(Place place, List<RunStep> steps) {

    /** Words that {@code ip -batch} takes as they are: it knows quotes, comments and continued lines (makeargs() in lib/utils.c). */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/@%+,=-]+");

    /** What {@code ip -batch} says when it gives up, with the line it was at (do_batch() in lib/utils.c). */
    private static final Pattern GIVEN_UP = Pattern.compile("^Command failed -:(\\d+)$", Pattern.MULTILINE);

    /** Words that have {@code ip} print: whose output it is could not be told. */
    private static final Set<String> PRINTING = Set.of("show", "list", "lst", "ls", "get", "save", "monitor");

    IpBatch {
        steps = List.copyOf(steps);
    }

    /** Cuts the steps of one or several places into batches, in their order. */
    static List<IpBatch> of(List<RunStep> steps) {
        List<IpBatch> batches = new ArrayList<>();
        List<RunStep> together = new ArrayList<>();
        for (RunStep step : steps) {
            boolean joins = !together.isEmpty()
                    && together.get(0).place() == step.place()
                    && batchable(together.get(0))
                    && batchable(step);
            if (!joins) {
                add(batches, together);
                together.clear();
            }
            together.add(step);
        }
        add(batches, together);
        return batches;
    }

    private static void add(List<IpBatch> batches, List<RunStep> steps) {
        if (!steps.isEmpty()) {
            batches.add(new IpBatch(steps.get(0).place(), steps));
        }
    }

    private static boolean batchable(RunStep step) {
        List<String> argv = step.argv();
        return argv.size() > 2
                && argv.get(0).equals("ip")
                && !argv.get(1).startsWith("-")
                // It changes the network namespace of the process.
                && !argv.get(1).equals("netns")
                && argv.stream().noneMatch(PRINTING::contains)
                && argv.stream().allMatch(word -> PLAIN.matcher(word).matches());
    }

    Command command() {
        if (steps.size() == 1) {
            return Command.at(place, steps.get(0).argv());
        }
        String lines = steps.stream()
                .map(step -> String.join(" ", step.argv().subList(1, step.argv().size())) + "\n")
                .collect(Collectors.joining());
        return Command.at(place, "ip", "-batch", "-").withInput(lines);
    }

    /**
     * Tells what became of each step from what became of all: those before the one that failed went well, those behind it were not tried and
     * have no record. The times are those of the whole.
     */
    List<CommandRecord> records(CommandRecord whole) {
        int tried = whole.exit() == 0 ? steps.size() : lineGivenUp(whole.stderr());
        List<CommandRecord> records = new ArrayList<>();
        for (int i = 0; i < tried; i++) {
            boolean last = i == tried - 1;
            records.add(new CommandRecord(
                    place,
                    steps.get(i).argv(),
                    last ? whole.exit() : 0,
                    last && whole.timedOut(),
                    last ? whole.stdout() : "",
                    last ? whole.stderr() : "",
                    whole.atNanos(),
                    whole.durationNanos()));
        }
        return records;
    }

    /** Whether a process told which step it gave up at, if at any: one that was ended, or ended itself over a word it does not know, has not. */
    boolean tellsHowFarItCame(CommandRecord whole) {
        return whole.exit() == 0 || GIVEN_UP.matcher(whole.stderr()).find();
    }

    private int lineGivenUp(String said) {
        Matcher line = GIVEN_UP.matcher(said);
        return line.find() ? Math.min(Integer.parseInt(line.group(1)), steps.size()) : 1;
    }
}
