package dev.culvert.reports.matrix;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.RepeatedFinding;
import dev.culvert.reports.result.RunResult;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The matrix as GitHub-flavoured Markdown: a table for each source section, then what did not pass with expected and actual. */
public final class MatrixMarkdown {

    private final RunResult result;
    private final Matrix matrix;
    private final StringBuilder text = new StringBuilder();

    private MatrixMarkdown(RunResult result) {
        this.result = result;
        this.matrix = Matrix.of(result);
    }

    /** Writes the matrix of a run. */
    public static String of(RunResult result) {
        return new MatrixMarkdown(result).write();
    }

    private String write() {
        line("# Conformance of kernel " + cell(result.kernels()));
        line("");
        line(result.outcomes().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", ")));
        matrix.columns()
                .forEach(column -> column.repetition().ifPresent(why -> {
                    line("");
                    line(cell(column.name()) + ": " + cell(why));
                }));
        matrix.sections().forEach(this::section);
        List<Cell> remarkable =
                result.cells().stream().filter(c -> c.outcome() != Outcome.PASS).toList();
        if (!remarkable.isEmpty()) {
            line("");
            line("## What did not pass");
            remarkable.forEach(this::detail);
        }
        return text.toString();
    }

    private void section(String section, List<Matrix.Row> rows) {
        line("");
        line("## " + cell(section));
        line("");
        line("| requirement | level |"
                + matrix.columns().stream()
                        .map(o -> " " + cell(o.name()) + " |")
                        .collect(Collectors.joining()));
        line("| --- | --- |"
                + IntStream.range(0, matrix.columns().size())
                        .mapToObj(i -> " --- |")
                        .collect(Collectors.joining()));
        for (Matrix.Row row : rows) {
            line("| " + cell(row.requirement().id()) + " | "
                    + row.requirement().text().level().words() + " |"
                    + matrix.columns().stream()
                            .map(o ->
                                    " " + row.on(o).map(c -> word(c.outcome())).orElse("–") + " |")
                            .collect(Collectors.joining()));
        }
    }

    private void detail(Cell judged) {
        line("");
        line("### " + judged.outcome() + " " + cell(judged.name()));
        line("");
        line(cell(judged.requirement().text().sentence()) + " ("
                + cell(judged.requirement().text().source()) + ")");
        line("");
        if (judged.findings().isEmpty()) {
            line("- " + cell(judged.verdict().because()));
        }
        for (RepeatedFinding finding : judged.findings()) {
            line("- " + cell(finding.line()));
        }
    }

    private static String word(Outcome outcome) {
        return outcome == Outcome.FAIL || outcome == Outcome.BROKEN ? "**" + outcome + "**" : outcome.toString();
    }

    /** Text that cannot end a cell or a line, and is no markup. */
    private static String cell(String text) {
        return text.replaceAll("\\R", " ").replaceAll("([\\\\`*_<>|\\[\\]#~&])", "\\\\$1");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
