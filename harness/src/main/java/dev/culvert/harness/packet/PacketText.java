package dev.culvert.harness.packet;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A packet as people read it: a line for each layer with its fields, then every byte, with some of them marked. */
public final class PacketText {

    private static final int ROW = 16;

    private final Dissection dissection;
    private final List<ByteRange> marks;

    private PacketText(Dissection dissection, Collection<ByteRange> marks) {
        this.dissection = dissection;
        this.marks = List.copyOf(marks);
    }

    /** A text in which nothing is marked. */
    public static PacketText of(Dissection dissection) {
        return new PacketText(dissection, List.of());
    }

    /** A text in which the given bytes stand in square brackets. */
    public static PacketText marking(Dissection dissection, Collection<ByteRange> marks) {
        return new PacketText(dissection, marks);
    }

    /** The layers, then the bytes. */
    @Override
    public String toString() {
        return layers() + dump();
    }

    /** A line for each layer: its offset, its role, its fields. */
    public String layers() {
        return dissection.layers().stream()
                .map(layer -> String.format(Locale.ROOT, "%4d  %s%n", layer.offset(), describe(layer)))
                .collect(Collectors.joining());
    }

    /** Sixteen bytes to a row, with the offset before and the printable characters behind. */
    public String dump() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < dissection.packet().length(); row += ROW) {
            appendRow(text, row);
        }
        return text.toString();
    }

    private String describe(Layer layer) {
        if (layer instanceof Header header) {
            String role = dissection.role(header);
            String protocol = header.protocol();
            String fields = header.fields().stream()
                    .map(field -> field.name() + " " + field.text(header))
                    .collect(Collectors.joining(", "));
            String name = role.equalsIgnoreCase(protocol) ? protocol : role + " " + protocol;
            return name + ": " + fields + remark(header);
        }
        if (layer instanceof Malformed malformed) {
            return "MALFORMED: " + malformed.why();
        }
        if (layer instanceof Truncated truncated) {
            return "cut here: " + truncated.what() + " goes on, " + truncated.length() + " bytes of it were kept";
        }
        return "payload: " + layer.length() + " bytes";
    }

    private String remark(Header header) {
        if (header instanceof Ipv4Header ip) {
            return (ip.options().length() > 0 ? ", options " + ip.options() : "")
                    + (ip.checksumValid() ? "" : " (WRONG checksum)");
        }
        boolean wrong = (header instanceof IcmpHeader icmp && icmp.complete() && !icmp.checksumValid())
                || (header instanceof Icmpv6Header icmpv6 && icmpv6.complete() && wrong(icmpv6));
        return wrong ? " (WRONG checksum)" : "";
    }

    private boolean wrong(Icmpv6Header icmpv6) {
        return dissection
                .carrier(icmpv6)
                .filter(carrier -> !icmpv6.checksumValid(carrier))
                .isPresent();
    }

    private void appendRow(StringBuilder text, int row) {
        Bytes packet = dissection.packet();
        StringBuilder characters = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%04x ", row));
        for (int at = row; at < row + ROW; at++) {
            boolean there = at < packet.length();
            text.append(border(at, row)).append(there ? String.format(Locale.ROOT, "%02x", packet.u8(at)) : "  ");
            if (there) {
                int value = packet.u8(at);
                characters.append(value >= 0x20 && value < 0x7f ? (char) value : '.');
            }
        }
        text.append(closes(row + ROW) ? ']' : ' ')
                .append(" |")
                .append(characters)
                .append("|")
                .append(System.lineSeparator());
    }

    /** What stands before a byte; a mark that spans rows is closed and opened again. */
    private char border(int at, int row) {
        boolean opens = marks.stream().anyMatch(m -> m.offset() == at) || (at == row && marked(at));
        boolean closes = at > row && closes(at);
        return opens ? (closes ? '|' : '[') : closes ? ']' : ' ';
    }

    private boolean closes(int at) {
        return marked(at - 1) && (!marked(at) || at % ROW == 0 || marks.stream().anyMatch(m -> m.end() == at));
    }

    private boolean marked(int at) {
        return marks.stream().anyMatch(m -> m.offset() <= at && at < m.end());
    }
}
