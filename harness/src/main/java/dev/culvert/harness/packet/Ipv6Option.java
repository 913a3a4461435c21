package dev.culvert.harness.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One option of a hop-by-hop or destination options header (RFC 8200 §4.2).
 *
 * @param bytes type, length and data; of Pad1 only the type
 * @param at where it starts in its header
 */
public record Ipv6Option(Bytes bytes, int at) {

    /** One byte of padding without a length. */
    public static final int PAD1 = 0;

    public static final int PAD_N = 1;
    /** RFC 2473 §4.1.1; its data is one byte. */
    public static final int ENCAPSULATION_LIMIT = 4;
    /** RFC 2711 §2.1; its data is two bytes. */
    public static final int ROUTER_ALERT = 5;

    static final Field TYPE = Field.hex("option type", 0, 8);

    /** The size of the option at an offset, by its own account. */
    static int size(Bytes header, int at) {
        if (header.u8(at) == PAD1) {
            return 1;
        }
        return at + 1 < header.length() ? 2 + header.u8(at + 1) : Integer.MAX_VALUE;
    }

    public int type() {
        return bytes.u8(0);
    }

    /** The bytes behind type and length, empty in Pad1. */
    public Bytes data() {
        return bytes.from(Math.min(2, bytes.length()));
    }

    /** Where the option's number lies, if it is a limit or a router alert of the right length. */
    public Optional<Field> value() {
        int first = (at + 2) * 8;
        if (type() == ENCAPSULATION_LIMIT && data().length() == 1) {
            return Optional.of(Field.decimal("tunnel encapsulation limit", first, 8));
        }
        return type() == ROUTER_ALERT && data().length() == 2
                ? Optional.of(Field.decimal("router alert", first, 16))
                : Optional.empty();
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(Field.hex(TYPE.name(), at * 8, 8)));
        if (type() != PAD1) {
            fields.add(Field.decimal("option length", (at + 1) * 8, 8));
        }
        value().ifPresent(fields::add);
        return fields;
    }
}
