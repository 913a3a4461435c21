package dev.culvert.reports.console;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.Quantity;
import dev.culvert.reports.throughput.Comparison;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A finished run in at most ten lines: the counts, what went wrong, the cost of the tunnel, and where the report is. */
public final class ConsoleSummary {

    /** The most lines there are. */
    public static final int LINES = 10;

    private static final int WIDTH = 160;

    private final RunResult result;
    private final boolean colour;

    private ConsoleSummary(RunResult result, boolean colour) {
        this.result = result;
        this.colour = colour;
    }

    /**
     * The lines of a run.
     *
     * @param index the page to open
     * @param colour whether to colour the verdicts with terminal sequences
     */
    public static List<String> of(RunResult result, Path index, boolean colour) {
        return new ConsoleSummary(result, colour).lines(index);
    }

    private List<String> lines(Path index) {
        List<Cell> cells = result.cells();
        List<String> lines = new ArrayList<>();
        lines.add("kernel " + result.kernels() + ", " + result.labs() + ", "
                + Quantity.counted(
                        result.observed().stream()
                                .map(Observed::topology)
                                .distinct()
                                .count(),
                        "topology",
                        "topologies")
                + ", "
                + Quantity.counted(
                        cells.stream().map(Cell::requirement).distinct().count(), "requirement", "requirements")
                + ", " + Quantity.duration(result.duration()));
        lines.add(result.outcomes().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> painted(e.getKey(), e.getKey() + " " + Quantity.count(e.getValue())))
                .collect(Collectors.joining("   ")));
        List<String> ending = ending(index);
        lines.addAll(troubles(LINES - lines.size() - ending.size()));
        lines.addAll(ending);
        return lines;
    }

    private List<String> troubles(int room) {
        List<String> troubles = result.troubles().stream().map(this::trouble).toList();
        if (troubles.size() <= room) {
            return troubles;
        }
        List<String> first = new ArrayList<>(troubles.subList(0, room - 1));
        first.add("… and " + (troubles.size() - first.size()) + " more, in the report");
        return first;
    }

    private String trouble(Cell cell) {
        String line = cell.name() + ": " + cell.verdict().because().replaceAll("\\s+", " ");
        return painted(cell.outcome(), cell.outcome().name()) + " "
                + (line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…");
    }

    private List<String> ending(Path index) {
        List<String> ending = new ArrayList<>();
        long deviations = result.outcomes().get(Outcome.DEVIATES);
        if (deviations > 0 && !result.strict()) {
            ending.add(Quantity.counted(deviations, "known deviation", "known deviations")
                    + " of Linux from the RFC; --strict makes them failures");
        }
        Comparison.of(result).stream()
                .filter(c -> c.budget().isPresent())
                .findFirst()
                .ifPresent(c -> ending.add("throughput " + c.title() + ": "
                        + Quantity.bitRate(c.tunnel().goodputBitsPerSecond()) + " of "
                        + Quantity.bitRate(c.underlay().goodputBitsPerSecond()) + ", " + Quantity.percent(c.share())
                        + "; header bytes alone would leave "
                        + Quantity.percent(c.budget().orElseThrow().share())));
        ending.add("report " + index);
        return ending;
    }

    private String painted(Outcome outcome, String text) {
        if (!colour) {
            return text;
        }
        int code = switch (outcome) {
            case PASS -> 32;
            case DEVIATES -> 33;
            case UNSUPPORTED -> 36;
            case BROKEN -> 35;
            case FAIL -> 31;
        };
        return "\u001b[1;" + code + "m" + text + "\u001b[0m";
    }
}
