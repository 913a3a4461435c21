package dev.culvert.reports.index;

import dev.culvert.conformance.Outcome;
import dev.culvert.reports.matrix.MatrixPage;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Page;
import dev.culvert.reports.text.Quantity;
import dev.culvert.reports.text.Template;
import dev.culvert.reports.throughput.Comparison;
import dev.culvert.reports.throughput.ThroughputChart;
import dev.culvert.reports.throughput.ThroughputTable;
import dev.culvert.topologies.Kind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The first page of a report: what came out, what did not pass, each topology with its picture, throughput, and the way to the rest. */
public final class IndexPage {

    /** A kernel without a working tunnel fails everything; the page should still be read to its end. */
    private static final int SHOWN = 20;

    /** Of more topologies or figures than this, each kind is a line that opens. */
    private static final int UNFOLDED = 8;

    private static final Template BODY = Template.beside(IndexPage.class, "index.html");
    private static final Template STYLE = Template.beside(IndexPage.class, "index.css");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final RunResult result;
    private final List<Cell> cells;
    private final Links links;

    private IndexPage(RunResult result, Links links) {
        this.result = result;
        this.cells = result.cells();
        this.links = links;
    }

    /** Writes the page of a run. */
    public static String of(RunResult result, Links links) {
        return new IndexPage(result, links).write();
    }

    private String write() {
        Markup body = BODY.fill(Map.of(
                "style", STYLE.fill(Map.of()),
                "headline", headline(),
                "facts", facts(),
                "counts", counts(),
                "ways", ways(),
                "troubles", troubles(),
                "topologies", topologies(),
                "throughput", throughput()));
        return Page.of("Culvert, kernel " + result.kernels(), body);
    }

    private String headline() {
        long failed = requirements(c -> result.fails(c.verdict()));
        long broken = requirements(c -> c.outcome() == Outcome.BROKEN);
        long passed = result.outcomes().get(Outcome.PASS);
        if (failed > 0) {
            return Quantity.counted(failed, "requirement failed", "requirements failed");
        }
        if (broken > 0) {
            return Quantity.counted(broken, "requirement could not be observed", "requirements could not be observed");
        }
        if (passed == 0) {
            return "Nothing could be judged";
        }
        return result.outcomes().get(Outcome.DEVIATES) > 0
                ? "Every requirement holds, but for known deviations"
                : "Every requirement holds";
    }

    /** How many requirements have such a verdict on any topology. */
    private long requirements(Predicate<Cell> which) {
        return cells.stream().filter(which).map(Cell::requirement).distinct().count();
    }

    private Markup facts() {
        return Markup.format(
                "<span>kernel <b>{}</b></span><span>lab <b>{}</b></span><span>configured by <b>{}</b></span>"
                        + "<span><b>{}</b></span><span><b>{}</b></span>{}",
                result.kernels(),
                result.labs(),
                result.configurators(),
                TIME.format(result.started()),
                Quantity.duration(result.duration()),
                result.strict() ? Markup.format("<span><b>strict</b>: deviations are failures</span>") : Markup.NONE);
    }

    private Markup counts() {
        return Arrays.stream(Outcome.values())
                .filter(outcome -> result.outcomes().get(outcome) > 0)
                .map(outcome -> Markup.format(
                        "<a class=\"count {}\" href=\"matrix.html{}\"><b>{}</b> {}</a>\n",
                        outcome,
                        MatrixPage.anchor(outcome),
                        Quantity.count(result.outcomes().get(outcome)),
                        outcome))
                .collect(Markup.joining());
    }

    private Markup ways() {
        Markup allure = links.allure()
                .map(path -> Markup.format(
                        "<li><a href=\"{}\">Allure report</a> with the history of earlier runs</li>", path))
                .orElse(Markup.format("<li>Allure results, for a report with <code>allure generate</code>: "
                        + "<a href=\"allure-results/\">allure-results</a></li>"));
        return Markup.format("""
                <ul class="ways"><li><a href="matrix.html">Matrix</a> of every requirement on every topology \
                (<a href="matrix.md">Markdown</a>, <a href="matrix.json">JSON</a>)</li>
                {}<li><a href="junit.xml">JUnit XML</a> for a pipeline</li></ul>
                """, allure);
    }

    private Markup troubles() {
        List<Cell> troubles = result.troubles();
        if (troubles.isEmpty()) {
            return Markup.NONE;
        }
        return Markup.format(
                "<h2>What went wrong</h2>\n<div class=\"card troubles\">{}{}</div>",
                troubles.stream().limit(SHOWN).map(IndexPage::trouble).collect(Markup.joining()),
                troubles.size() <= SHOWN
                        ? Markup.NONE
                        : Markup.format(
                                "<a class=\"trouble\" href=\"matrix.html\">… and {} more, in the matrix</a>",
                                troubles.size() - SHOWN));
    }

    private static Markup trouble(Cell cell) {
        return Markup.format(
                """
                <a class="trouble" href="matrix.html{}"><span class="verdict {}">{}</span> <b>{}</b> <span class="muted">on {}</span>\
                <span class="sentence">{}</span><span class="mono">{}</span></a>
                """,
                MatrixPage.anchor(cell),
                cell.outcome(),
                cell.outcome(),
                cell.requirement().id(),
                cell.where(),
                cell.requirement().text().sentence(),
                cell.verdict().because());
    }

    private Markup topologies() {
        List<Observed> all = result.observed();
        if (all.size() <= UNFOLDED) {
            return all.stream().map(this::topology).collect(Markup.joining());
        }
        return all.stream()
                .collect(Collectors.groupingBy(
                        seen -> seen.evidence().topology().kind().name(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(this::kind)
                .collect(Markup.joining());
    }

    private Markup kind(List<Observed> ofKind) {
        Kind kind = ofKind.get(0).evidence().topology().kind();
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        ofKind.forEach(seen ->
                result.outcomes(seen.name()).forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum)));
        return folded(
                Markup.format(
                        "<b>{}</b> <span class=\"muted\">{}, {}</span> {}",
                        kind.name(),
                        kind.title(),
                        Quantity.counted(ofKind.size(), "topology", "topologies"),
                        TopologyCard.verdicts(outcomes)),
                ofKind.stream().map(this::topology).collect(Markup.joining()));
    }

    private Markup topology(Observed observed) {
        return TopologyCard.of(observed, result.outcomes(observed.name()), links);
    }

    private static Markup folded(Markup summary, Markup body) {
        return Markup.format(
                "<details class=\"fold\"><summary>{}</summary>\n<div class=\"topologies\">{}</div></details>\n",
                summary,
                body);
    }

    private Markup throughput() {
        List<Comparison> comparisons = Comparison.of(result);
        if (comparisons.isEmpty()) {
            return Markup.NONE;
        }
        Markup figures = Markup.format("<div class=\"scroll\">{}</div>{}", ThroughputTable.of(comparisons), framing());
        return Markup.format(
                """
                <h2>Throughput</h2>
                <div class="card"><div class="scroll">{}</div>
                <p class="muted note">The line is where TCP in the tunnel would end if its header bytes were all that it costs: the payload of a \
                full-size packet in the tunnel by that of one on the underlay, each its MTU less the IP and TCP headers with time stamps: 52 bytes \
                with IPv4, 72 with IPv6.</p>
                {}</div>
                """,
                ThroughputChart.of(comparisons),
                comparisons.size() <= UNFOLDED ? figures : folded(Markup.escape("in figures"), figures));
    }

    /** What the requirements say that read every captured packet of this traffic. */
    private Markup framing() {
        return cells.stream()
                .filter(c -> List.of(c.requirement().text().tags()).contains("throughput"))
                .map(c -> Markup.format(
                        """
                        <p class="framing"><span class="verdict {}">{}</span> <a href="matrix.html{}">{}</a> <span class="muted">on {}</span> \
                        {} <span class="muted">{}</span></p>
                        """,
                        c.outcome(),
                        c.outcome(),
                        MatrixPage.anchor(c),
                        c.requirement().id(),
                        c.where(),
                        c.requirement().text().sentence(),
                        c.verdict().because()))
                .collect(Markup.joining());
    }
}
