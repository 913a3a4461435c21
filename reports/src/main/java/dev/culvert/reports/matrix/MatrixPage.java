package dev.culvert.reports.matrix;

import dev.culvert.conformance.Level;
import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Page;
import dev.culvert.reports.text.Quantity;
import dev.culvert.reports.text.Template;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The matrix as one self-contained page: rows grouped by source and section, columns by kind and kernel, filtered by each of them, by
 * verdict, level and words, each cell opening what stands behind it. What is chosen stands in the address:
 * {@code #verdict=FAIL&kind=gre} sets filters and {@code #cell=RFC2003-3.1-PROTOCOL/ipip} opens a cell. Without scripts the table stands
 * as it is.
 */
public final class MatrixPage {

    /** How many columns have room for the verdict in words on every screen. */
    private static final int FEW = 6;

    private static final Template BODY = Template.beside(MatrixPage.class, "matrix.html");
    private static final Template STYLE = Template.beside(MatrixPage.class, "matrix.css");
    private static final Template SCRIPT = Template.beside(MatrixPage.class, "matrix.js");
    private static final Map<Outcome, String> SIGNS = Map.of(
            Outcome.PASS, "✓", Outcome.DEVIATES, "≈", Outcome.FAIL, "✕", Outcome.BROKEN, "!", Outcome.UNSUPPORTED, "∅");

    private final RunResult result;
    private final Matrix matrix;
    private final Links links;

    private MatrixPage(RunResult result, Links links) {
        this.result = result;
        this.matrix = Matrix.of(result);
        this.links = links;
    }

    /** Writes the page of a run. */
    public static String of(RunResult result, Links links) {
        return new MatrixPage(result, links).write();
    }

    /** The address of a cell in the page, {@code #cell=RFC2003-3.1-PROTOCOL/ipip}. */
    public static String anchor(Cell cell) {
        return "#cell=" + cell.requirement().id() + "/" + cell.where().replace("+", "%2B");
    }

    /** The address of the page with only the cells of a verdict. */
    public static String anchor(Outcome outcome) {
        return "#verdict=" + outcome;
    }

    private String write() {
        Markup body = BODY.fill(Map.of(
                "style", STYLE.fill(Map.of()),
                "script", SCRIPT.fill(Map.of()),
                "kernel", result.kernels(),
                "size", matrix.rows().size() + " × " + matrix.columns().size(),
                "width", matrix.columns().size() > FEW ? "many" : "few",
                "legend", Markup.join(List.of(legend(), repetitions())),
                "filters", filters(),
                "head", new MatrixHead(matrix).markup(),
                "sections", sections(),
                "data", PageData.of(matrix, links)));
        return Page.of("Culvert matrix, kernel " + result.kernels(), body);
    }

    private Markup legend() {
        return Markup.format(
                "<p class=\"legend\">{}</p>\n",
                Arrays.stream(Outcome.values())
                        .filter(outcome -> result.outcomes().get(outcome) > 0)
                        .map(outcome -> Markup.format(
                                "<span><span class=\"sign {}\">{}</span> {} {}</span>\n",
                                outcome,
                                SIGNS.get(outcome),
                                Quantity.count(result.outcomes().get(outcome)),
                                outcome))
                        .collect(Markup.joining()));
    }

    private Markup repetitions() {
        return matrix.columns().stream()
                .flatMap(seen -> seen
                        .repetition()
                        .map(why -> Markup.format("<p class=\"muted\"><b>{}</b> {}</p>\n", seen.name(), why))
                        .stream())
                .collect(Markup.joining());
    }

    private Markup filters() {
        Stream<String> verdicts = result.outcomes().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getKey().name());
        Stream<String> levels = Arrays.stream(Level.values())
                .filter(level -> matrix.rows().stream()
                        .anyMatch(r -> r.requirement().text().level() == level))
                .map(Level::words);
        return Markup.join(List.of(
                choices("kind", matrix.kinds().keySet()),
                choices("kernel", matrix.kernels().names()),
                choices("level", levels.toList()),
                choices("verdict", verdicts.toList()),
                matrix.kernels().several()
                        ? Markup.format("<fieldset>{}</fieldset>\n", choice("differs", "kernels", "kernels differ"))
                        : Markup.NONE));
    }

    /** A filter; none where there is nothing to choose. */
    private static Markup choices(String name, Collection<String> values) {
        if (values.size() < 2) {
            return Markup.NONE;
        }
        return Markup.format(
                "<fieldset><legend>{}</legend>{}</fieldset>\n",
                name,
                values.stream().map(value -> choice(name, value, value)).collect(Markup.joining()));
    }

    private static Markup choice(String name, String value, String shown) {
        return Markup.format(
                "<label class=\"choice\"><input type=\"checkbox\" name=\"{}\" value=\"{}\"> {}</label>",
                name,
                value,
                shown);
    }

    private Markup sections() {
        return matrix.sources().entrySet().stream()
                .map(source -> Markup.format(
                        "<tbody class=\"source\"><tr><th colspan=\"{}\"><span>{}</span></th></tr></tbody>\n{}",
                        matrix.columns().size() + 1,
                        source.getKey(),
                        source.getValue().entrySet().stream()
                                .map(section -> section(section.getKey(), section.getValue()))
                                .collect(Markup.joining())))
                .collect(Markup.joining());
    }

    private Markup section(String title, List<Matrix.Row> rows) {
        return Markup.format(
                "<tbody class=\"rows\"><tr class=\"section\"><th scope=\"rowgroup\" colspan=\"{}\"><span>{}</span></th></tr>\n{}</tbody>\n",
                matrix.columns().size() + 1,
                title,
                rows.stream().map(this::row).collect(Markup.joining()));
    }

    private Markup row(Matrix.Row row) {
        var text = row.requirement().text();
        return Markup.format(
                """
                <tr class="row"><th scope="row"><span class="id">{}</span> <span class="level">{}</span><span class="sentence">{}</span></th>{}</tr>
                """,
                text.id(),
                text.level().words(),
                text.sentence(),
                matrix.columns().stream().map(o -> cell(row, o)).collect(Markup.joining()));
    }

    /** As short as it can be: there are tens of thousands of them. HTML lets the end tag be left out. */
    private static Markup cell(Matrix.Row row, Observed observed) {
        return row.on(observed)
                .map(cell -> Markup.format("<td class={}>{}", cell.outcome(), SIGNS.get(cell.outcome())))
                .orElse(Markup.trusted("<td>"));
    }
}
