package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.util.List;

/** An IPv4 header (RFC 791 §3.1) as it lies in a packet. */
public final class Ipv4Header extends IpHeader {

    public static final Field VERSION = Field.decimal("version", 0, 4);
    public static final Field IHL = Field.decimal("ihl", 4, 4);
    public static final Field TOS = Field.hex("tos", 8, 8);
    public static final Field DSCP = Field.decimal("dscp", 8, 6);
    public static final Field ECN = Field.decimal("ecn", 14, 2);
    public static final Field TOTAL_LENGTH = Field.decimal("total length", 16, 16);
    public static final Field IDENTIFICATION = Field.hex("identification", 32, 16);
    public static final Field RESERVED = Field.decimal("reserved flag", 48, 1);
    public static final Field DF = Field.decimal("df", 49, 1);
    public static final Field MF = Field.decimal("mf", 50, 1);
    /** Counted in units of 8 bytes, as it is sent. */
    public static final Field FRAGMENT_OFFSET = Field.decimal("fragment offset", 51, 13);

    public static final Field TTL = Field.decimal("ttl", 64, 8);
    public static final Field PROTOCOL = Field.decimal("protocol", 72, 8);
    public static final Field HEADER_CHECKSUM = Field.hex("header checksum", 80, 16);
    public static final Field SOURCE = Field.ipv4("source", 96);
    public static final Field DESTINATION = Field.ipv4("destination", 128);

    /** The length without options. */
    public static final int MIN_LENGTH = 20;

    private static final List<Field> FIELDS = List.of(
            VERSION,
            IHL,
            TOS,
            TOTAL_LENGTH,
            IDENTIFICATION,
            DF,
            MF,
            FRAGMENT_OFFSET,
            TTL,
            PROTOCOL,
            HEADER_CHECKSUM,
            SOURCE,
            DESTINATION);

    private Ipv4Header(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(MIN_LENGTH)) {
            trail.end(room.tooShortFor("IPv4 header", MIN_LENGTH));
            return;
        }
        int version = room.u8(0) >> 4;
        int length = (room.u8(0) & 0xf) * 4;
        int totalLength = room.u16(2);
        if (version != 4) {
            trail.end(room.lie(0, "version " + version + " where an IPv4 header should start"));
        } else if (length < MIN_LENGTH) {
            trail.end(room.lie(0, "ihl " + length / 4 + " is less than 5"));
        } else if (!room.has(length)) {
            trail.end(room.tooShortFor("IPv4 header with options", length));
        } else if (totalLength < length) {
            trail.end(room.lie(2, "total length " + totalLength + " is less than the header's own " + length));
        } else {
            Ipv4Header header = new Ipv4Header(room.limitedTo(totalLength), length);
            trail.add(header);
            if (totalLength > room.originallyLeft()) {
                trail.end(room.lie(
                        2, "total length " + totalLength + ", but only " + room.originallyLeft() + " bytes are there"));
            } else if (header.fragmentOffset() > 0) {
                trail.end(header.body());
            } else {
                trail.follow(
                        Next.ipProtocol(header.protocolNumber()),
                        header.moreFragments() ? header.body().beginning() : header.body());
            }
        }
    }

    /**
     * A copy of a packet in which a field of the IPv4 header at an offset has another value. The header checksum is made right
     * again over as much header as the old IHL said, except where it is the field itself.
     */
    static Bytes write(Bytes packet, int offset, Field field, long value) {
        int length = Math.max(MIN_LENGTH, (packet.u8(offset) & 0xf) * 4);
        Bytes changed = field.write(packet, offset, value);
        if (field.equals(HEADER_CHECKSUM)) {
            return changed;
        }
        Bytes unsummed = changed.with16(offset + 10, 0);
        return unsummed.with16(
                offset + 10,
                new InternetChecksum().add(unsummed.slice(offset, length)).value());
    }

    @Override
    public Bytes with(Field field, long value) {
        return write(packet(), offset(), field, value);
    }

    @Override
    public String protocol() {
        return "IPv4";
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** Always 4: bytes of another version do not become an IPv4 header. */
    @Override
    public int version() {
        return (int) VERSION.of(this);
    }

    /** The header length in 32-bit words, 5 to 15. */
    public int ihl() {
        return (int) IHL.of(this);
    }

    /** The whole second byte: DSCP and ECN. */
    public int tos() {
        return (int) TOS.of(this);
    }

    @Override
    public int totalLength() {
        return (int) TOTAL_LENGTH.of(this);
    }

    public int identification() {
        return (int) IDENTIFICATION.of(this);
    }

    public boolean dontFragment() {
        return DF.of(this) == 1;
    }

    public boolean moreFragments() {
        return MF.of(this) == 1;
    }

    /** In bytes, eight times the number in the header. */
    public int fragmentOffset() {
        return (int) FRAGMENT_OFFSET.of(this) * 8;
    }

    public int ttl() {
        return (int) TTL.of(this);
    }

    /** The number of the protocol behind: 4 for IPv4, 137 for MPLS. */
    @Override
    public int protocolNumber() {
        return (int) PROTOCOL.of(this);
    }

    public int headerChecksum() {
        return (int) HEADER_CHECKSUM.of(this);
    }

    /** Says whether the checksum is right over the header's own bytes. */
    public boolean checksumValid() {
        return new InternetChecksum().add(bytes()).value() == 0;
    }

    @Override
    public Inet4Address source() {
        return packet().ipv4(offset() + 12);
    }

    @Override
    public Inet4Address destination() {
        return packet().ipv4(offset() + 16);
    }

    /** The option bytes with their padding, empty if there are none. */
    public Bytes options() {
        return bytes().from(MIN_LENGTH);
    }

    @Override
    public Bytes carried() {
        return payload();
    }

    @Override
    public Field trafficClassField() {
        return TOS;
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
        return TTL;
    }

    @Override
    public Field sourceField() {
        return SOURCE;
    }

    @Override
    public Field destinationField() {
        return DESTINATION;
    }
}
