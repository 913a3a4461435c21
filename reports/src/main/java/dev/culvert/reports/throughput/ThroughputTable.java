package dev.culvert.reports.throughput;

import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Quantity;
import java.util.List;
import java.util.Locale;

/** The comparisons in figures, with what the captures of the same traffic hold. */
public final class ThroughputTable {

    private ThroughputTable() {}

    /** A row for each comparison. */
    public static Markup of(List<Comparison> comparisons) {
        return Markup.format("""
                <table class="figures"><thead><tr><th scope="col">traffic</th><th scope="col">underlay</th><th scope="col">tunnel</th>\
                <th scope="col">tunnel by underlay</th><th scope="col">header bytes alone</th><th scope="col">lost</th>\
                <th scope="col">sent again</th><th scope="col">CPU of sender, receiver</th><th scope="col">packets captured</th></tr></thead>
                <tbody>{}</tbody></table>
                """, comparisons.stream().map(ThroughputTable::row).collect(Markup.joining()));
    }

    private static Markup row(Comparison comparison) {
        ThroughputRun tunnel = comparison.tunnel();
        ThroughputRun underlay = comparison.underlay();
        return Markup.format(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td><b>{}</b></td><td>{}</td><td>{}</td><td>{}</td>"
                        + "<td>{}</td><td>{}</td></tr>\n",
                comparison.title(),
                Quantity.bitRate(underlay.goodputBitsPerSecond()),
                Quantity.bitRate(tunnel.goodputBitsPerSecond()),
                Quantity.percent(comparison.share()),
                comparison
                        .budget()
                        .map(b -> Markup.format(
                                "{}<br><span class=\"muted\">{}</span>", Quantity.percent(b.share()), b.formula()))
                        .orElse(Markup.format("<span class=\"muted\">offered at one rate</span>")),
                tunnel.protocol().equals("udp") ? Quantity.percent(tunnel.lossPercent() / 100) : "–",
                tunnel.protocol().equals("tcp") ? Quantity.count(tunnel.retransmits()) : "–",
                String.format(Locale.ROOT, "%.0f %%, %.0f %%", tunnel.senderCpuPercent(), tunnel.receiverCpuPercent()),
                captured(comparison));
    }

    /** How many packets of both runs were captured, over all points, and how many the kernel dropped. */
    private static String captured(Comparison comparison) {
        List<BulkCapture> captures = comparison.observed().evidence().bulk().stream()
                .filter(b -> b.run().equals(comparison.tunnel().name())
                        || b.run().equals(comparison.underlay().name()))
                .toList();
        if (captures.isEmpty()) {
            return "none";
        }
        long captured = captures.stream().mapToLong(b -> b.count().captured()).sum();
        long incomplete = captures.stream().filter(b -> !b.count().complete()).count();
        return Quantity.count(captured)
                + (incomplete == 0
                        ? ", no drops"
                        : ", drops in " + Quantity.counted(incomplete, "capture", "captures"));
    }
}
