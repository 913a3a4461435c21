package dev.culvert.harness.packet;

import java.net.Inet6Address;
import java.util.List;
import java.util.StringJoiner;

/** An IPv6 header (RFC 8200 §3) as it lies in a packet. Extension headers are headers of their own. */
public final class Ipv6Header extends IpHeader {

    public static final Field VERSION = Field.decimal("version", 0, 4);
    public static final Field TRAFFIC_CLASS = Field.hex("traffic class", 4, 8);
    public static final Field DSCP = Field.decimal("dscp", 4, 6);
    public static final Field ECN = Field.decimal("ecn", 10, 2);
    public static final Field FLOW_LABEL = Field.hex("flow label", 12, 20);
    public static final Field PAYLOAD_LENGTH = Field.decimal("payload length", 32, 16);
    public static final Field NEXT_HEADER = Field.decimal("next header", 48, 8);
    public static final Field HOP_LIMIT = Field.decimal("hop limit", 56, 8);
    public static final Field SOURCE = Field.ipv6("source", 64);
    public static final Field DESTINATION = Field.ipv6("destination", 192);

    public static final int LENGTH = 40;

    private static final List<Field> FIELDS =
            List.of(VERSION, TRAFFIC_CLASS, FLOW_LABEL, PAYLOAD_LENGTH, NEXT_HEADER, HOP_LIMIT, SOURCE, DESTINATION);

    private Ipv6Header(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("IPv6 header", LENGTH));
            return;
        }
        int version = room.u8(0) >> 4;
        int totalLength = LENGTH + room.u16(4);
        if (version != 6) {
            trail.end(room.lie(0, "version " + version + " where an IPv6 header should start"));
            return;
        }
        Ipv6Header header = new Ipv6Header(room.limitedTo(totalLength));
        trail.add(header);
        if (totalLength > room.originallyLeft()) {
            trail.end(room.lie(
                    4,
                    "payload length " + (totalLength - LENGTH) + ", but only " + (room.originallyLeft() - LENGTH)
                            + " bytes are there"));
        } else {
            trail.follow(Next.ipProtocol(header.nextHeader()), header.body());
        }
    }

    @Override
    public String protocol() {
        return "IPv6";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** Always 6: bytes of another version do not become an IPv6 header. */
    @Override
    public int version() {
        return (int) VERSION.of(this);
    }

    public int flowLabel() {
        return (int) FLOW_LABEL.of(this);
    }

    public int payloadLength() {
        return (int) PAYLOAD_LENGTH.of(this);
    }

    /** The number of the first extension header, or of the protocol if there is none. */
    public int nextHeader() {
        return (int) NEXT_HEADER.of(this);
    }

    @Override
    public int totalLength() {
        return LENGTH + payloadLength();
    }

    @Override
    public int protocolNumber() {
        return Ipv6Chain.behind(this).number();
    }

    @Override
    public Bytes carried() {
        Room behind = Ipv6Chain.behind(this).room();
        return packet().slice(behind.start(), behind.left());
    }

    @Override
    public Bytes with(Field field, long value) {
        return field.write(this, value);
    }

    @Override
    public Inet6Address source() {
        return packet().ipv6(offset() + 8);
    }

    @Override
    public Inet6Address destination() {
        return packet().ipv6(offset() + 24);
    }

    @Override
    public Field trafficClassField() {
        return TRAFFIC_CLASS;
    }

    @Override
    public Field dscpField() {
        return DSCP;
    }

    @Override
    public Field ecnField() {
        return ECN;
    }

    @Override
    public Field hopLimitField() {
        return HOP_LIMIT;
    }

    @Override
    public Field sourceField() {
        return SOURCE;
    }

    @Override
    public Field destinationField() {
        return DESTINATION;
    }

    /** An address as RFC 5952 §4 writes it: no leading zeros, the first of the longest runs of zeros as {@code ::}. */
    static String text(Inet6Address address) {
        Bytes bytes = Bytes.of(address.getAddress());
        int longest = 1;
        int start = -1;
        for (int from = 0; from < 8; from++) {
            int to = from;
            while (to < 8 && bytes.u16(2 * to) == 0) {
                to++;
            }
            if (to - from > longest) {
                longest = to - from;
                start = from;
            }
        }
        StringJoiner head = new StringJoiner(":");
        StringJoiner tail = new StringJoiner(":");
        for (int group = 0; group < 8; group++) {
            if (start < 0 || group < start) {
                head.add(Integer.toHexString(bytes.u16(2 * group)));
            } else if (group >= start + longest) {
                tail.add(Integer.toHexString(bytes.u16(2 * group)));
            }
        }
        return start < 0 ? head.toString() : head + "::" + tail;
    }
}
