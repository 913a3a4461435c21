package dev.culvert.reports.text;

import dev.culvert.harness.packet.ByteRange;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.Header;
import dev.culvert.harness.packet.Layer;
import dev.culvert.harness.packet.Malformed;
import dev.culvert.harness.packet.Truncated;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A packet on a page: a line for each layer with its fields, then its bytes; what matters is marked in both. */
public final class PacketMarkup {

    private static final int ROW = 16;

    private final Dissection dissection;
    private final ByteRange mark;

    private PacketMarkup(Dissection dissection, ByteRange mark) {
        this.dissection = dissection;
        this.mark = mark;
    }

    /** Renders a packet with some of its bytes, and the fields that lie in them, marked. */
    public static Markup of(Dissection dissection, ByteRange mark) {
        return new PacketMarkup(dissection, mark).render();
    }

    private Markup render() {
        Markup layers = dissection.layers().stream()
                .map(layer -> Markup.format("<p class=\"layer\">{}</p>\n", describe(layer)))
                .collect(Markup.joining());
        Markup rows = IntStream.iterate(0, at -> at < dissection.packet().length(), at -> at + ROW)
                .mapToObj(this::row)
                .collect(Markup.joining());
        return Markup.format("<div class=\"packet mono\">{}<pre>{}</pre></div>", layers, rows);
    }

    private Markup describe(Layer layer) {
        if (layer instanceof Header header) {
            String role = dissection.role(header);
            String protocol = header.protocol();
            return Markup.format(
                    "<b>{}</b>: {}",
                    role.equalsIgnoreCase(protocol) ? protocol : role + " " + protocol,
                    header.fields().stream()
                            .map(field -> field(header, field))
                            .map(Markup::toString)
                            .collect(Collectors.collectingAndThen(Collectors.joining(", "), Markup::trusted)));
        }
        if (layer instanceof Malformed malformed) {
            return Markup.format("<b>malformed</b>: {}", malformed.why());
        }
        return layer instanceof Truncated truncated
                ? Markup.format("<b>cut</b>: {}, {} bytes were kept", truncated.what(), truncated.length())
                : Markup.format("<b>payload</b>: {} bytes", layer.length());
    }

    private Markup field(Header header, Field field) {
        ByteRange range = field.in(header);
        boolean marked = range.offset() < mark.end() && mark.offset() < range.end();
        return marked(marked, field.name() + " " + field.text(header));
    }

    private Markup row(int row) {
        Bytes packet = dissection.packet();
        int end = Math.min(row + ROW, packet.length());
        Markup hex = IntStream.range(row, end)
                .mapToObj(at -> Markup.format(
                        "{}{}",
                        at == row ? "" : at == row + ROW / 2 ? "  " : " ",
                        marked(
                                mark.offset() <= at && at < mark.end(),
                                String.format(Locale.ROOT, "%02x", packet.u8(at)))))
                .collect(Markup.joining());
        return Markup.format("<span class=\"muted\">{}</span>  {}\n", String.format(Locale.ROOT, "%04x", row), hex);
    }

    private static Markup marked(boolean marked, String text) {
        return marked ? Markup.format("<mark>{}</mark>", text) : Markup.escape(text);
    }
}
