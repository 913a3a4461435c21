package dev.culvert.harness.packet;

import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;

/**
 * An ICMPv6 message as it lies in a packet: errors and echo (RFC 4443), neighbor discovery (RFC 4861) and multicast listener
 * discovery (RFC 2710, RFC 3810). Of a message of another type only the first four bytes are known.
 */
public final class Icmpv6Header extends Header {

    public static final Field TYPE = Field.decimal("type", 0, 8);
    public static final Field CODE = Field.decimal("code", 8, 8);
    public static final Field CHECKSUM = Field.hex("checksum", 16, 16);
    /** Of a packet too big. */
    public static final Field MTU = Field.decimal("mtu", 32, 32);
    /** Of a parameter problem. */
    public static final Field POINTER = Field.decimal("pointer", 32, 32);
    /** Of an echo request or reply. */
    public static final Field IDENTIFIER = Field.hex("identifier", 32, 16);
    /** Of an echo request or reply. */
    public static final Field SEQUENCE = Field.decimal("sequence number", 48, 16);
    /** Of a router advertisement. */
    public static final Field CUR_HOP_LIMIT = Field.decimal("cur hop limit", 32, 8);
    /** Of a router advertisement, M and O first. */
    public static final Field ROUTER_FLAGS = Field.hex("flags", 40, 8);
    /** Of a router advertisement, in seconds. */
    public static final Field ROUTER_LIFETIME = Field.decimal("router lifetime", 48, 16);
    /** Of a router advertisement, in milliseconds. */
    public static final Field REACHABLE_TIME = Field.decimal("reachable time", 64, 32);
    /** Of a router advertisement, in milliseconds. */
    public static final Field RETRANS_TIMER = Field.decimal("retrans timer", 96, 32);
    /** Of a neighbor advertisement. */
    public static final Field ROUTER = Field.decimal("r", 32, 1);
    /** Of a neighbor advertisement. */
    public static final Field SOLICITED = Field.decimal("s", 33, 1);
    /** Of a neighbor advertisement. */
    public static final Field OVERRIDE = Field.decimal("o", 34, 1);
    /** Of a neighbor solicitation, a neighbor advertisement or a redirect. */
    public static final Field TARGET = Field.ipv6("target address", 64);
    /** Of a redirect. */
    public static final Field DESTINATION = Field.ipv6("destination address", 192);
    /** Of a listener query, report or done; in milliseconds. */
    public static final Field MAX_RESPONSE_DELAY = Field.decimal("maximum response delay", 32, 16);
    /** Of a listener query, report or done. */
    public static final Field MULTICAST_ADDRESS = Field.ipv6("multicast address", 64);
    /** Of a version 2 listener report. */
    public static final Field RECORDS = Field.decimal("number of records", 48, 16);

    public static final int DESTINATION_UNREACHABLE = 1;
    public static final int PACKET_TOO_BIG = 2;
    public static final int TIME_EXCEEDED = 3;
    public static final int PARAMETER_PROBLEM = 4;
    public static final int ECHO_REQUEST = 128;
    public static final int ECHO_REPLY = 129;
    public static final int LISTENER_QUERY = 130;
    public static final int LISTENER_REPORT = 131;
    public static final int LISTENER_DONE = 132;
    public static final int ROUTER_SOLICITATION = 133;
    public static final int ROUTER_ADVERTISEMENT = 134;
    public static final int NEIGHBOR_SOLICITATION = 135;
    public static final int NEIGHBOR_ADVERTISEMENT = 136;
    public static final int REDIRECT = 137;
    public static final int LISTENER_REPORT_2 = 143;

    private static final int COMMON = 4;

    private Icmpv6Header(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        int length = room.has(COMMON) ? length(room.u8(0)) : COMMON;
        if (!room.has(length)) {
            trail.end(room.tooShortFor("ICMPv6 message", length));
            return;
        }
        Icmpv6Header header = new Icmpv6Header(room, length);
        trail.add(header);
        if (header.body().left() == 0) {
            return;
        }
        if (header.quotes()) {
            trail.follow(Next.ipProtocol(41), header.body().beginning());
        } else if (header.discovers()) {
            trail.follow(Next.ND_OPTION, header.body());
        } else {
            trail.end(header.body());
        }
    }

    /** The length of what is the same in every message of a type. */
    private static int length(int type) {
        return switch (type) {
            case ROUTER_ADVERTISEMENT -> 16;
            case NEIGHBOR_SOLICITATION, NEIGHBOR_ADVERTISEMENT, LISTENER_QUERY, LISTENER_REPORT, LISTENER_DONE -> 24;
            case REDIRECT -> 40;
            case DESTINATION_UNREACHABLE,
                    PACKET_TOO_BIG,
                    TIME_EXCEEDED,
                    PARAMETER_PROBLEM,
                    ECHO_REQUEST,
                    ECHO_REPLY,
                    ROUTER_SOLICITATION,
                    LISTENER_REPORT_2 -> 8;
            default -> COMMON;
        };
    }

    @Override
    public String protocol() {
        return "ICMPv6";
    }

    @Override
    public List<Field> fields() {
        return switch (type()) {
            case PACKET_TOO_BIG -> List.of(TYPE, CODE, CHECKSUM, MTU);
            case PARAMETER_PROBLEM -> List.of(TYPE, CODE, CHECKSUM, POINTER);
            case ECHO_REQUEST, ECHO_REPLY -> List.of(TYPE, CODE, CHECKSUM, IDENTIFIER, SEQUENCE);
            case ROUTER_ADVERTISEMENT ->
                List.of(
                        TYPE,
                        CODE,
                        CHECKSUM,
                        CUR_HOP_LIMIT,
                        ROUTER_FLAGS,
                        ROUTER_LIFETIME,
                        REACHABLE_TIME,
                        RETRANS_TIMER);
            case NEIGHBOR_SOLICITATION -> List.of(TYPE, CODE, CHECKSUM, TARGET);
            case NEIGHBOR_ADVERTISEMENT -> List.of(TYPE, CODE, CHECKSUM, ROUTER, SOLICITED, OVERRIDE, TARGET);
            case REDIRECT -> List.of(TYPE, CODE, CHECKSUM, TARGET, DESTINATION);
            case LISTENER_QUERY, LISTENER_REPORT, LISTENER_DONE ->
                List.of(TYPE, CODE, CHECKSUM, MAX_RESPONSE_DELAY, MULTICAST_ADDRESS);
            case LISTENER_REPORT_2 -> List.of(TYPE, CODE, CHECKSUM, RECORDS);
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

    /**
     * Says whether the checksum is right in a packet with that header (RFC 4443 §2.3); false where the capture did not keep the
     * whole message. See {@link Dissection#carrier}.
     */
    public boolean checksumValid(IpHeader carrier) {
        return complete()
                && new InternetChecksum()
                                .addPseudoHeader(
                                        carrier.source(),
                                        carrier.destination(),
                                        58,
                                        withPayload().length())
                                .add(withPayload())
                                .value()
                        == 0;
    }

    public int identifier() {
        return (int) IDENTIFIER.of(this);
    }

    public int sequence() {
        return (int) SEQUENCE.of(this);
    }

    public long mtu() {
        return MTU.of(this);
    }

    public long pointer() {
        return POINTER.of(this);
    }

    /** The target of a neighbor solicitation, a neighbor advertisement or a redirect. */
    public Optional<Inet6Address> target() {
        return fields().contains(TARGET) ? Optional.of(packet().ipv6(offset() + 8)) : Optional.empty();
    }

    /** Says whether this is an error, which quotes the packet that caused it (RFC 4443 §3). */
    public boolean quotes() {
        return type() >= DESTINATION_UNREACHABLE && type() <= PARAMETER_PROBLEM;
    }

    /** The bytes of the packet that caused this error, as many as the error carries; empty in other messages. */
    public Bytes quoted() {
        return quotes() ? payload() : payload().slice(0, 0);
    }

    /** Says whether options of neighbor discovery follow. */
    private boolean discovers() {
        return type() >= ROUTER_SOLICITATION && type() <= REDIRECT;
    }
}
