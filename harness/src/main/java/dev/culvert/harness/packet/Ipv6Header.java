package dev.culvert.harness.packet;

import java.net.Inet6Address;
import java.util.List;
import java.util.StringJoiner;

/** An IPv6 header (RFC 8200 §3) as it lies in a packet, without extension headers. */
public final class Ipv6Header extends Header {

    public static final Field VERSION = Field.decimal("version", 0, 4);
    public static final Field TRAFFIC_CLASS = Field.hex("traffic class", 4, 8);
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

    public int trafficClass() {
        return (int) TRAFFIC_CLASS.of(this);
    }

    public int flowLabel() {
        return (int) FLOW_LABEL.of(this);
    }

    public int payloadLength() {
        return (int) PAYLOAD_LENGTH.of(this);
    }

    public int nextHeader() {
        return (int) NEXT_HEADER.of(this);
    }

    public int hopLimit() {
        return (int) HOP_LIMIT.of(this);
    }

    public Inet6Address source() {
        return packet().ipv6(offset() + 8);
    }

    public Inet6Address destination() {
        return packet().ipv6(offset() + 24);
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
