package dev.culvert.reports.matrix;

import dev.culvert.conformance.Level;
import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Page;
import dev.culvert.reports.text.Template;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The matrix as one self-contained page: grouped by source section, filtered by verdict, level, kind and words, each cell opening what
 * stands behind it. Without scripts the details simply follow the table. {@code #RFC2003-3.1-PROTOCOL/ipip} opens a cell and
 * {@code ?verdict=FAIL} sets a filter.
 */
public final class MatrixPage {

    /** How many columns fit every screen. A wider table scrolls in a frame of its own, and its head cannot stay in view. */
    private static final int FITTING = 6;

    private static final Template BODY = Template.beside(MatrixPage.class, "matrix.html");
    private static final Template STYLE = Template.beside(MatrixPage.class, "matrix.css");
    private static final Template SCRIPT = Template.beside(MatrixPage.class, "matrix.js");
    private static final Map<Outcome, String> SIGNS = Map.of(
            Outcome.PASS, "✓", Outcome.DEVIATES, "≈", Outcome.FAIL, "✕", Outcome.BROKEN, "!", Outcome.UNSUPPORTED, "∅");

    private final RunResult result;
    private final Matrix matrix;

    private MatrixPage(RunResult result) {
        this.result = result;
        this.matrix = Matrix.of(result);
    }

    /** Writes the page of a run. */
    public static String of(RunResult result) {
        return new MatrixPage(result).write();
    }

    private String write() {
        Markup body = BODY.fill(Map.of(
                "style", STYLE.fill(Map.of()),
                "script", SCRIPT.fill(Map.of()),
                "kernel", result.kernels(),
                "size", matrix.rows().size() + " × " + matrix.columns().size(),
                "overflow", matrix.columns().size() > FITTING ? "scroll" : "",
                "filters", filters(),
                "columns", columns(),
                "sections", sections(),
                "details", result.cells().stream().map(CellDetail::of).collect(Markup.joining())));
        return Page.of("Culvert matrix, kernel " + result.kernels(), body);
    }

    private Markup filters() {
        Stream<String> verdicts = result.outcomes().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getKey().name());
        Stream<String> levels = Arrays.stream(Level.values())
                .filter(level -> matrix.rows().stream()
                        .anyMatch(r -> r.requirement().text().level() == level))
                .map(Level::words);
        TreeSet<String> kinds = matrix.rows().stream()
                .flatMap(row -> Arrays.stream(row.requirement().text().kinds()))
                .collect(Collectors.toCollection(TreeSet::new));
        return Markup.join(List.of(
                choices("verdict", verdicts.toList()),
                choices("level", levels.toList()),
                kinds.size() > 1 ? choices("kind", kinds) : Markup.NONE));
    }

    private static Markup choices(String name, Collection<String> values) {
        return Markup.format(
                "<fieldset><legend>{}</legend>{}</fieldset>\n",
                name,
                values.stream()
                        .map(value -> Markup.format(
                                "<label class=\"choice {}\"><input type=\"checkbox\" name=\"{}\" value=\"{}\"> {}</label>",
                                value,
                                name,
                                value,
                                value))
                        .collect(Markup.joining()));
    }

    private Markup columns() {
        return matrix.columns().stream()
                .map(o -> Markup.format("<th scope=\"col\" class=\"topology\"><span>{}</span></th>", o.name()))
                .collect(Markup.joining());
    }

    private Markup sections() {
        return matrix.sections().entrySet().stream()
                .map(e -> section(e.getKey(), e.getValue()))
                .collect(Markup.joining());
    }

    private Markup section(String section, List<Matrix.Row> rows) {
        return Markup.format(
                "<tbody><tr class=\"section\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n{}</tbody>\n",
                matrix.columns().size() + 1,
                section,
                rows.stream().map(this::row).collect(Markup.joining()));
    }

    private Markup row(Matrix.Row row) {
        var text = row.requirement().text();
        return Markup.format(
                """
                <tr class="row" data-level="{}" data-kind="{}" data-verdict="{}"><th scope="row"><span class="id">{}</span>\
                 <span class="level">{}</span><span class="sentence">{}</span></th>{}</tr>
                """,
                text.level().words(),
                String.join(" ", text.kinds()),
                row.cells().values().stream()
                        .map(c -> c.outcome().name())
                        .distinct()
                        .collect(Collectors.joining(" ")),
                text.id(),
                text.level().words(),
                text.sentence(),
                matrix.columns().stream().map(o -> cell(row, o)).collect(Markup.joining()));
    }

    private static Markup cell(Matrix.Row row, Observed observed) {
        return row.on(observed)
                .map(MatrixPage::judged)
                .orElseGet(() -> Markup.format("<td class=\"absent\" title=\"{}\">·</td>", row.absence(observed)));
    }

    private static Markup judged(Cell cell) {
        return Markup.format(
                "<td><a class=\"cell {}\" href=\"#{}\" title=\"{}\"><span class=\"sign\" aria-hidden=\"true\">{}</span>"
                        + "<span class=\"word\">{}</span></a></td>",
                cell.outcome(),
                CellDetail.anchor(cell),
                cell.verdict().because(),
                SIGNS.get(cell.outcome()),
                cell.outcome());
    }
}
