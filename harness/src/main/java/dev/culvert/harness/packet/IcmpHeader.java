package dev.culvert.harness.packet;

import java.util.List;
import java.util.Set;

/** The first 8 bytes of an ICMP message (RFC 792) as they lie in a packet. */
public final class IcmpHeader extends Header {

    public static final Field TYPE = Field.decimal("type", 0, 8);
    public static final Field CODE = Field.decimal("code", 8, 8);
    public static final Field CHECKSUM = Field.hex("checksum", 16, 16);
    /** Of an echo request or reply. */
    public static final Field IDENTIFIER = Field.hex("identifier", 32, 16);
    /** Of an echo request or reply. */
    public static final Field SEQUENCE = Field.decimal("sequence number", 48, 16);
    /** Of a destination unreachable, code 4 (RFC 1191 §4). */
    public static final Field NEXT_HOP_MTU = Field.decimal("next-hop mtu", 48, 16);
    /** Of a parameter problem. */
    public static final Field POINTER = Field.decimal("pointer", 32, 8);
    /** Of a redirect. */
    public static final Field GATEWAY = Field.ipv4("gateway address", 32);

    public static final int ECHO_REPLY = 0;
    public static final int DESTINATION_UNREACHABLE = 3;
    public static final int SOURCE_QUENCH = 4;
    public static final int REDIRECT = 5;
    public static final int ECHO_REQUEST = 8;
    public static final int TIME_EXCEEDED = 11;
    public static final int PARAMETER_PROBLEM = 12;

    public static final int LENGTH = 8;

    private static final Set<Integer> QUOTING =
            Set.of(DESTINATION_UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM);

    private IcmpHeader(Room room) {
        super(room, LENGTH);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(LENGTH)) {
            trail.end(room.tooShortFor("ICMP message", LENGTH));
            return;
        }
        IcmpHeader header = new IcmpHeader(room);
        trail.add(header);
        if (header.quotes() && header.body().left() > 0) {
            trail.follow(Next.ipProtocol(4), header.body().beginning());
        } else {
            trail.end(header.body());
        }
    }

    @Override
    public String protocol() {
        return "ICMP";
    }

    @Override
    public List<Field> fields() {
        return switch (type()) {
            case ECHO_REPLY, ECHO_REQUEST -> List.of(TYPE, CODE, CHECKSUM, IDENTIFIER, SEQUENCE);
            case DESTINATION_UNREACHABLE -> List.of(TYPE, CODE, CHECKSUM, NEXT_HOP_MTU);
            case REDIRECT -> List.of(TYPE, CODE, CHECKSUM, GATEWAY);
            case PARAMETER_PROBLEM -> List.of(TYPE, CODE, CHECKSUM, POINTER);
            default -> List.of(TYPE, CODE, CHECKSUM);
        };
    }

    public int type() {
        return (int) TYPE.of(this);
    }

    public int code() {
        return (int) CODE.of(this);
    }

    public int checksum() {
        return (int) CHECKSUM.of(this);
    }

    /** Says whether the checksum is right; false where the capture did not keep the whole message. */
    public boolean checksumValid() {
        return complete() && new InternetChecksum().add(withPayload()).value() == 0;
    }

    public int identifier() {
        return (int) IDENTIFIER.of(this);
    }

    public int sequence() {
        return (int) SEQUENCE.of(this);
    }

    public int nextHopMtu() {
        return (int) NEXT_HOP_MTU.of(this);
    }

    public int pointer() {
        return (int) POINTER.of(this);
    }

    /** Says whether this is an error, which quotes the packet that caused it (RFC 1122 §3.2.2). */
    public boolean quotes() {
        return QUOTING.contains(type());
    }

    /** The bytes of the packet that caused this error, as many as the error carries; empty in other messages. */
    public Bytes quoted() {
        return quotes() ? payload() : payload().slice(0, 0);
    }
}
