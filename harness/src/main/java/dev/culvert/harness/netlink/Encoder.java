package dev.culvert.harness.netlink;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Writes values as netlink has them, and remembers where each attribute went. Behind each attribute there are zero bytes up to a multiple
 * of four, which its own length does not count and that of the attribute around it does.
 */
final class Encoder {

    /** {@code NLA_F_NESTED} of include/uapi/linux/netlink.h. */
    private static final int NESTED = 0x8000;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final ToLongFunction<String> indexes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<EncodedRequest.Span> spans = new ArrayList<>();

    /** An encoder that asks for the index of each device it comes to. */
    Encoder(ToLongFunction<String> indexes) {
        this.indexes = indexes;
    }

    List<EncodedRequest.Span> spans() {
        return spans;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    void number(int width, boolean network, long value) {
        for (int i = 0; i < width; i++) {
            int at = network ? width - 1 - i : i;
            bytes.write((int) (value >>> (8 * at)));
        }
    }

    void value(Value value, String path) {
        if (value instanceof Value.Unsigned number) {
            number(number.bytes(), number.network(), number.value());
        } else if (value instanceof Value.Bits bits) {
            number(bits.bytes(), bits.network(), bits.value());
        } else if (value instanceof Value.Address address) {
            bytes.writeBytes(address.address().getAddress());
        } else if (value instanceof Value.Device device) {
            number(Integer.BYTES, false, indexes.applyAsLong(device.name()));
        } else if (value instanceof Value.Text text) {
            bytes.writeBytes(text.text().getBytes(UTF_8));
            bytes.write(0);
        } else if (value instanceof Value.Mac mac) {
            bytes.writeBytes(COLONS.parseHex(mac.text()));
        } else if (value instanceof Value.Labels labels) {
            labels(labels.labels());
        } else if (value instanceof Value.Octets octets) {
            bytes.writeBytes(HexFormat.of().parseHex(octets.hex()));
        } else if (value instanceof Value.Padded padded) {
            padded(padded, path);
        } else if (value instanceof Value.Struct struct) {
            struct.fields().forEach(field -> value(field.value(), path));
        } else if (value instanceof Value.Nest nest) {
            nest(nest, path);
        } else if (!(value instanceof Value.Present)) {
            throw new AssertionError("no other value is permitted: " + value);
        }
    }

    void nest(Value.Nest nest, String path) {
        for (Field field : nest.fields()) {
            value(field.value(), path);
        }
        for (Attribute attribute : nest.attributes()) {
            attribute(attribute, path);
        }
    }

    private void attribute(Attribute attribute, String outer) {
        int start = bytes.size();
        String path = outer.isEmpty() ? attribute.name() : outer + " " + attribute.name();
        Encoder inner = new Encoder(indexes);
        inner.value(attribute.value(), path);
        byte[] payload = inner.bytes();
        number(2, false, 4 + payload.length);
        number(2, false, attribute.type() | (attribute.value() instanceof Value.Nest ? NESTED : 0));
        spans.add(new EncodedRequest.Span(start, start + 4 + payload.length, path));
        inner.spans().forEach(span -> spans.add(span.movedBy(start + 4)));
        bytes.writeBytes(payload);
        while (bytes.size() % 4 != 0) {
            bytes.write(0);
        }
    }

    private void padded(Value.Padded padded, String path) {
        int end = bytes.size() + padded.bytes();
        value(padded.value(), path);
        if (bytes.size() > end) {
            throw new IllegalArgumentException(padded.value() + " does not fit in " + padded.bytes() + " bytes");
        }
        while (bytes.size() < end) {
            bytes.write(0);
        }
    }

    private void labels(List<Integer> labels) {
        for (int i = 0; i < labels.size(); i++) {
            int bottom = i == labels.size() - 1 ? 1 : 0;
            number(4, true, (long) labels.get(i) << 12 | bottom << 8);
        }
    }
}
