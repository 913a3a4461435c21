package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Icmpv6Message;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * The ICMP or ICMPv6 echo replies of one stimulus, each with a sequence number of its own so that captures tell them apart. Nobody
 * asked for them, so that a receiver takes them without an answer, and what is captured is only what was sent.
 */
final class EchoReplies {

    private static final int IDENTIFIER = 0x4355;
    private static final int PING_SIZE = 56;
    private static final int ECHO_HEADER = 8;

    private int sequence;

    /** The next one, with as many bytes of data as ping sends. */
    Ipv4Packet next(Inet4Address source, Inet4Address destination) {
        return reply(source, destination, PING_SIZE);
    }

    /** The next one over IPv6, with as many bytes of data as ping sends. */
    Ipv6Packet next(Inet6Address source, Inet6Address destination) {
        return reply(source, destination, PING_SIZE);
    }

    /** The next one over the IP that the addresses are of, with as many bytes of data as ping sends. */
    IpPacket next(InetAddress source, InetAddress destination) {
        return reply(source, destination, PING_SIZE);
    }

    /** The next one, of that total length in bytes. */
    Ipv4Packet ofLength(int total, Inet4Address source, Inet4Address destination) {
        return reply(source, destination, total - Family.IPV4.headerLength() - ECHO_HEADER);
    }

    /** The next one over the IP that the addresses are of, of that total length in bytes. */
    IpPacket ofLength(int total, InetAddress source, InetAddress destination) {
        return reply(source, destination, total - Family.of(source).headerLength() - ECHO_HEADER);
    }

    /** The next one as a request: a receiver that takes it counts it, and answers. */
    Ipv4Packet request(Inet4Address source, Inet4Address destination) {
        return packet(source, destination, IcmpMessage.echoRequest(IDENTIFIER, ++sequence, PING_SIZE));
    }

    /** The next one as a request over the IP that the addresses are of. */
    IpPacket request(InetAddress source, InetAddress destination) {
        return source instanceof Inet6Address ipv6
                ? Ipv6Packet.between(ipv6, Ipv6.of(destination))
                        .payload(Icmpv6Message.echoRequest(IDENTIFIER, ++sequence, PING_SIZE))
                : request(Ipv4.of(source), Ipv4.of(destination));
    }

    private IpPacket reply(InetAddress source, InetAddress destination, int size) {
        return source instanceof Inet6Address ipv6
                ? reply(ipv6, Ipv6.of(destination), size)
                : reply(Ipv4.of(source), Ipv4.of(destination), size);
    }

    private Ipv4Packet reply(Inet4Address source, Inet4Address destination, int size) {
        return packet(source, destination, IcmpMessage.echoReply(IDENTIFIER, ++sequence, size));
    }

    private Ipv6Packet reply(Inet6Address source, Inet6Address destination, int size) {
        return Ipv6Packet.between(source, destination).payload(Icmpv6Message.echoReply(IDENTIFIER, ++sequence, size));
    }

    /** The identification is never 0, which the kernel would replace. */
    private Ipv4Packet packet(Inet4Address source, Inet4Address destination, IcmpMessage message) {
        return Ipv4Packet.between(source, destination).id(0x4000 + sequence).payload(message);
    }
}
