package dev.culvert.reports.matrix;

import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.Requirement;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.FoundPacket;
import dev.culvert.reports.result.RepeatedFinding;
import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.PacketMarkup;
import dev.culvert.reports.text.Quantity;

/** What stands behind a cell of the matrix page: what is demanded, how it was looked at, expected and actual, the packet. */
final class CellDetail {

    private CellDetail() {}

    /** The name that links within the page use, {@code RFC2003-3.1-PROTOCOL/ipip}. */
    static String anchor(Cell cell) {
        return cell.requirement().id() + "/" + cell.where();
    }

    static Markup of(Cell cell) {
        Requirement text = cell.requirement().text();
        return Markup.format(
                """
                <article class="detail" id="{}">
                <p><span class="verdict {}">{}</span> <span class="level">{}</span> <span class="muted">{}</span></p>
                <h3>{}</h3>
                <p>{}</p>
                <dl class="compare"><dt>source</dt><dd>{}</dd><dt>provoked</dt><dd>{}</dd><dt>observed</dt><dd>{}</dd>\
                <dt>result</dt><dd>{}</dd></dl>
                {}</article>
                """,
                anchor(cell),
                cell.outcome(),
                cell.outcome(),
                text.level().words(),
                cell.where(),
                text.id(),
                text.sentence(),
                text.source(),
                text.provoked(),
                text.observed(),
                result(cell),
                cell.findings().stream().map(finding -> finding(finding, cell)).collect(Markup.joining()));
    }

    private static String result(Cell cell) {
        int found = cell.verdict().findings().size();
        return found == 0
                ? cell.verdict().because()
                : found + " of " + Quantity.counted(cell.verdict().checks(), "comparison", "comparisons")
                        + " did not hold";
    }

    private static Markup finding(RepeatedFinding repeated, Cell cell) {
        var finding = repeated.finding();
        return Markup.format(
                """
                <div class="finding"><p><b>{}</b>{}</p>
                <dl class="compare"><dt>expected</dt><dd class="mono">{}</dd><dt>actual</dt><dd class="mono">{}</dd>{}</dl>
                {}</div>
                """,
                finding.what(),
                repeated.times() == 1 ? "" : " (" + repeated.times() + " times; shown by the first)",
                finding.expected(),
                finding.actual(),
                finding.source() == null
                        ? Markup.NONE
                        : Markup.format(
                                "<dt>{}</dt><dd>{}</dd>",
                                finding.outcome() == Outcome.DEVIATES ? "documented in" : "compare",
                                finding.source()),
                FoundPacket.of(finding, cell.observed().evidence())
                        .map(packet -> Markup.format(
                                "<p class=\"muted\">{}</p>{}",
                                packet.title(),
                                PacketMarkup.of(packet.dissection(), packet.mark())))
                        .orElse(Markup.NONE));
    }
}
