package dev.culvert.reports.throughput;

import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Quantity;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Goodput as bars in SVG: for each comparison the underlay and the tunnel, and a line where the tunnel would end if its header
 * bytes were all it cost.
 */
public final class ThroughputChart {

    private static final int WIDTH = 930;
    private static final int LEFT = 240;
    private static final int SCALE = 480;
    private static final int BAR = 15;
    private static final int GROUP = 58;
    private static final String STYLE = """
            .tc text{font:13px system-ui,sans-serif;fill:#1c2025}.tc .v{font-size:12px}.tc .m{fill:#5d6570}
            .tc .u{fill:#b4bcc6}.tc .t{fill:#2f7fb5}.tc .h{stroke:#1c2025;stroke-width:2}
            @media(prefers-color-scheme:dark){.tc text{fill:#e4e7ea}.tc .m{fill:#9aa3ad}.tc .u{fill:#5a636e}\
            .tc .t{fill:#5aa9dc}.tc .h{stroke:#e4e7ea}}
            """;

    private ThroughputChart() {}

    /** Draws the comparisons, one below the other, all on one scale. */
    public static Markup of(List<Comparison> comparisons) {
        double full = comparisons.stream()
                .mapToDouble(c ->
                        Math.max(c.tunnel().goodputBitsPerSecond(), c.underlay().goodputBitsPerSecond()))
                .max()
                .orElse(1);
        return Markup.format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" class="tc" viewBox="0 0 {} {}" role="img" \
                aria-label="goodput through the tunnel and over the underlay"><style>{}</style>
                {}</svg>
                """,
                WIDTH,
                GROUP * comparisons.size(),
                Markup.trusted(STYLE),
                IntStream.range(0, comparisons.size())
                        .mapToObj(i -> group(comparisons.get(i), i * GROUP, SCALE / full))
                        .collect(Markup.joining()));
    }

    private static Markup group(Comparison comparison, int top, double pixelsPerBit) {
        double underlay = comparison.underlay().goodputBitsPerSecond();
        double tunnel = comparison.tunnel().goodputBitsPerSecond();
        return Markup.format(
                "<text x=\"0\" y=\"{}\">{}</text>\n{}{}{}",
                top + 30,
                comparison.title(),
                bar("u", top + 8, underlay * pixelsPerBit, Quantity.bitRate(underlay) + " underlay"),
                bar(
                        "t",
                        top + 10 + BAR,
                        tunnel * pixelsPerBit,
                        Quantity.bitRate(tunnel) + " tunnel, " + Quantity.percent(comparison.share())),
                comparison
                        .budget()
                        .map(budget -> Markup.format(
                                "<path class=\"h\" d=\"M{} {}v{}\"/>\n",
                                number(LEFT + underlay * budget.share() * pixelsPerBit),
                                top + 7 + BAR,
                                BAR + 6))
                        .orElse(Markup.NONE));
    }

    private static Markup bar(String type, int top, double length, String value) {
        return Markup.format(
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"/>"
                        + "<text class=\"v m\" x=\"{}\" y=\"{}\">{}</text>\n",
                type,
                LEFT,
                top,
                number(length),
                BAR,
                LEFT + SCALE + 14,
                top + 12,
                value);
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
