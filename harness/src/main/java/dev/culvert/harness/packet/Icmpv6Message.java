package dev.culvert.harness.packet;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Composes an ICMPv6 message (RFC 4443, RFC 4861) with a right checksum.
 *
 * @param rest the second 32-bit word, whose meaning depends on the type
 * @param body what follows: an echo's data, the packet that an error quotes, a target address and options
 */
public record Icmpv6Message(int type, int code, long rest, Bytes body) implements IpPayload {

    /** An echo request with that many bytes of data, counting up from 0 as ping sends them. */
    public static Icmpv6Message echoRequest(int identifier, int sequence, int size) {
        return echo(Icmpv6Header.ECHO_REQUEST, identifier, sequence, size);
    }

    /** The reply to {@link #echoRequest}. */
    public static Icmpv6Message echoReply(int identifier, int sequence, int size) {
        return echo(Icmpv6Header.ECHO_REPLY, identifier, sequence, size);
    }

    public static Icmpv6Message unreachable(int code, Bytes quoted) {
        return new Icmpv6Message(Icmpv6Header.DESTINATION_UNREACHABLE, code, 0, quoted);
    }

    public static Icmpv6Message packetTooBig(long mtu, Bytes quoted) {
        return new Icmpv6Message(Icmpv6Header.PACKET_TOO_BIG, 0, mtu, quoted);
    }

    /** Code 0 in transit, 1 in reassembly. */
    public static Icmpv6Message timeExceeded(int code, Bytes quoted) {
        return new Icmpv6Message(Icmpv6Header.TIME_EXCEEDED, code, 0, quoted);
    }

    /** A parameter problem that points at a byte of the quoted packet. Code 0 an erroneous field, 1 an unknown next header. */
    public static Icmpv6Message parameterProblem(int code, long pointer, Bytes quoted) {
        return new Icmpv6Message(Icmpv6Header.PARAMETER_PROBLEM, code, pointer, quoted);
    }

    /** Options are added with {@link #with}. */
    public static Icmpv6Message routerSolicitation() {
        return new Icmpv6Message(Icmpv6Header.ROUTER_SOLICITATION, 0, 0, Bytes.of());
    }

    /** With neither flag nor timer set; the lifetime is in seconds. */
    public static Icmpv6Message routerAdvertisement(int hopLimit, int lifetime) {
        return new Icmpv6Message(
                Icmpv6Header.ROUTER_ADVERTISEMENT, 0, (long) hopLimit << 24 | lifetime, Bytes.of(new byte[8]));
    }

    public static Icmpv6Message neighborSolicitation(Inet6Address target) {
        return new Icmpv6Message(Icmpv6Header.NEIGHBOR_SOLICITATION, 0, 0, Bytes.of(target.getAddress()));
    }

    /** A solicited one that overrides. */
    public static Icmpv6Message neighborAdvertisement(Inet6Address target) {
        return new Icmpv6Message(Icmpv6Header.NEIGHBOR_ADVERTISEMENT, 0, 0x60000000L, Bytes.of(target.getAddress()));
    }

    /** The same message with bytes behind: an option, its length right. */
    public Icmpv6Message with(Bytes option) {
        return new Icmpv6Message(type, code, rest, Bytes.join(body, option));
    }

    /** The same message with the link-layer address option of that type; the address is Ethernet's. */
    public Icmpv6Message withLinkLayerAddress(int optionType, Bytes address) {
        return with(Bytes.join(Bytes.of((byte) optionType, (byte) 1), address));
    }

    @Override
    public int protocolNumber() {
        return 58;
    }

    @Override
    public Bytes bytes(InetAddress source, InetAddress destination) {
        Bytes unsummed = Bytes.join(
                Bytes.of((byte) type, (byte) code, (byte) 0, (byte) 0),
                Bytes.of((byte) (rest >> 24), (byte) (rest >> 16), (byte) (rest >> 8), (byte) rest),
                body);
        return unsummed.with16(
                2,
                new InternetChecksum()
                        .addPseudoHeader(source, destination, protocolNumber(), unsummed.length())
                        .add(unsummed)
                        .value());
    }

    private static Icmpv6Message echo(int type, int identifier, int sequence, int size) {
        return new Icmpv6Message(type, 0, (long) identifier << 16 | sequence, IcmpMessage.counting(size));
    }
}
