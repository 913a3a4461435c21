package dev.culvert.harness.packet;

import java.util.List;

/** A TCP header (RFC 9293 §3.1) as it lies in a packet. */
public final class TcpHeader extends Header {

    public static final Field SOURCE_PORT = Field.decimal("source port", 0, 16);
    public static final Field DESTINATION_PORT = Field.decimal("destination port", 16, 16);
    public static final Field SEQUENCE_NUMBER = Field.decimal("sequence number", 32, 32);
    public static final Field ACKNOWLEDGMENT_NUMBER = Field.decimal("acknowledgment number", 64, 32);
    public static final Field DATA_OFFSET = Field.decimal("data offset", 96, 4);
    /** CWR, ECE, URG, ACK, PSH, RST, SYN, FIN from the highest bit down. */
    public static final Field CONTROL_BITS = Field.hex("control bits", 104, 8);

    public static final Field WINDOW = Field.decimal("window", 112, 16);
    public static final Field CHECKSUM = Field.hex("checksum", 128, 16);

    public static final int MIN_LENGTH = 20;

    private static final List<Field> FIELDS = List.of(
            SOURCE_PORT,
            DESTINATION_PORT,
            SEQUENCE_NUMBER,
            ACKNOWLEDGMENT_NUMBER,
            DATA_OFFSET,
            CONTROL_BITS,
            WINDOW,
            CHECKSUM);

    private TcpHeader(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(MIN_LENGTH)) {
            trail.end(room.tooShortFor("TCP header", MIN_LENGTH));
            return;
        }
        int length = (room.u8(12) >> 4) * 4;
        if (length < MIN_LENGTH) {
            trail.end(room.lie(12, "data offset " + length / 4 + " is less than 5"));
        } else if (!room.has(length)) {
            trail.end(room.tooShortFor("TCP header with options", length));
        } else {
            TcpHeader header = new TcpHeader(room, length);
            trail.add(header);
            trail.end(header.body());
        }
    }

    @Override
    public String protocol() {
        return "TCP";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    public int sourcePort() {
        return (int) SOURCE_PORT.of(this);
    }

    public int destinationPort() {
        return (int) DESTINATION_PORT.of(this);
    }

    public long sequenceNumber() {
        return SEQUENCE_NUMBER.of(this);
    }
}
