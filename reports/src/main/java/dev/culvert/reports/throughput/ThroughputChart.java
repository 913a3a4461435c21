package dev.culvert.reports.throughput;

import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Goodput as bars in one picture in SVG: a row for each topology, a column for each kind of traffic with a scale of its own. In each place
 * the underlay and the tunnel of the same run, and a line where the tunnel would end if its header bytes were all it cost.
 */
public final class ThroughputChart {

    private static final int LEFT = 150;
    private static final int COLUMN = 262;
    /** The longest bar; beside it stands what it says. */
    private static final int BAR = 120;

    private static final int HEAD = 52;
    private static final int ROW = 44;
    private static final int THICK = 13;
    private static final String STYLE = """
            .tc text{font:13px system-ui,sans-serif;fill:#1c2025}.tc .n{font-weight:600}.tc .v{font-size:11.5px}.tc .m{fill:#5d6570}
            .tc .u{fill:#b4bcc6}.tc .t{fill:#2f7fb5}.tc .h{stroke:#1c2025;stroke-width:2}.tc .l{stroke:#dfe2e6}
            @media(prefers-color-scheme:dark){.tc text{fill:#e4e7ea}.tc .m{fill:#9aa3ad}.tc .u{fill:#5a636e}\
            .tc .t{fill:#5aa9dc}.tc .h{stroke:#e4e7ea}.tc .l{stroke:#30363d}}
            """;

    private final List<String> topologies;
    private final Map<String, List<Comparison>> traffic;

    private ThroughputChart(List<Comparison> comparisons) {
        this.topologies =
                comparisons.stream().map(c -> c.observed().name()).distinct().toList();
        this.traffic = comparisons.stream()
                .collect(Collectors.groupingBy(Comparison::traffic, LinkedHashMap::new, Collectors.toList()));
    }

    /** Draws the comparisons of every topology. */
    public static Markup of(List<Comparison> comparisons) {
        return new ThroughputChart(comparisons).draw();
    }

    private Markup draw() {
        List<String> columns = List.copyOf(traffic.keySet());
        int width = LEFT + COLUMN * columns.size();
        return Markup.format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" class="tc" viewBox="0 0 {} {}" style="min-width:{}px" role="img" \
                aria-label="goodput through the tunnel and over the underlay"><style>{}</style>
                {}{}{}</svg>
                """,
                width,
                HEAD + ROW * topologies.size(),
                width * 4 / 5,
                Markup.trusted(STYLE),
                legend(),
                IntStream.range(0, topologies.size())
                        .mapToObj(i -> row(i, width))
                        .collect(Markup.joining()),
                IntStream.range(0, columns.size())
                        .mapToObj(i -> column(columns.get(i), LEFT + i * COLUMN))
                        .collect(Markup.joining()));
    }

    private static Markup legend() {
        return Markup.trusted("""
                <rect class="u" x="0" y="4" width="16" height="9" rx="2"/><text class="v m" x="22" y="13">underlay</text>
                <rect class="t" x="92" y="4" width="16" height="9" rx="2"/><text class="v m" x="114" y="13">tunnel</text>
                <path class="h" d="M172 2v13"/><text class="v m" x="180" y="13">tunnel, if header bytes were all it cost</text>
                """);
    }

    private Markup row(int index, int width) {
        int top = HEAD + index * ROW;
        return Markup.format(
                "<path class=\"l\" d=\"M0 {}H{}\"/><text class=\"n\" x=\"0\" y=\"{}\">{}</text>\n",
                top,
                width,
                top + 27,
                topologies.get(index));
    }

    private Markup column(String title, int left) {
        List<Comparison> all = traffic.getOrDefault(title, List.of());
        double longest = all.stream()
                .mapToDouble(c ->
                        Math.max(c.tunnel().goodputBitsPerSecond(), c.underlay().goodputBitsPerSecond()))
                .max()
                .orElse(1);
        return Markup.format(
                "<text class=\"m\" x=\"{}\" y=\"{}\">{}</text>\n{}",
                left,
                HEAD - 9,
                title,
                all.stream().map(c -> place(c, left, BAR / longest)).collect(Markup.joining()));
    }

    private Markup place(Comparison comparison, int left, double pixelsPerBit) {
        double underlay = comparison.underlay().goodputBitsPerSecond();
        double tunnel = comparison.tunnel().goodputBitsPerSecond();
        int top = HEAD + topologies.indexOf(comparison.observed().name()) * ROW + 7;
        return Markup.format(
                "{}{}{}",
                bar("u", left, top, underlay * pixelsPerBit, Quantity.bitRate(underlay)),
                bar(
                        "t",
                        left,
                        top + THICK + 3,
                        tunnel * pixelsPerBit,
                        Quantity.bitRate(tunnel) + ", " + Quantity.percent(comparison.share())),
                comparison
                        .budget()
                        .map(budget -> Markup.format(
                                "<path class=\"h\" d=\"M{} {}v{}\"/>\n",
                                number(left + underlay * budget.share() * pixelsPerBit),
                                top + THICK + 1,
                                THICK + 4))
                        .orElse(Markup.NONE));
    }

    private static Markup bar(String type, int left, int top, double length, String value) {
        return Markup.format(
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"/>"
                        + "<text class=\"v m\" x=\"{}\" y=\"{}\">{}</text>\n",
                type,
                left,
                top,
                number(length),
                THICK,
                left + BAR + 8,
                top + 11,
                value);
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
