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
 * The ICMP or ICMPv6 echo requests of one stimulus, each with a sequence number and, over IPv4, an identification of its own. An ICMP error about one
 * teaches its sender no path MTU ({@code icmp_err} in net/ipv4/icmp.c, {@code icmpv6_err} in net/ipv6/icmp.c hand it to the ping sockets), so that the next one
 * leaves as it was made.
 */
final class EchoRequests {

    private static final int IDENTIFIER = 0x4551;
    private static final int ECHO_HEADER = 8;
    private static final int PING_SIZE = 56;

    private int sequence;

    /** The next one, as long as ping makes it. */
    Ipv4Packet next(Inet4Address source, Inet4Address destination) {
        return request(source, destination, PING_SIZE);
    }

    /** The next one over the IP that the addresses are of, as long as ping makes it. */
    IpPacket next(InetAddress source, InetAddress destination) {
        return request(source, destination, PING_SIZE);
    }

    /** The next one, of that total length in bytes. */
    Ipv4Packet ofLength(int total, Inet4Address source, Inet4Address destination) {
        return request(source, destination, total - Family.IPV4.headerLength() - ECHO_HEADER);
    }

    /** The next one over the IP that the addresses are of, of that total length in bytes. */
    IpPacket ofLength(int total, InetAddress source, InetAddress destination) {
        return request(source, destination, total - Family.of(source).headerLength() - ECHO_HEADER);
    }

    private IpPacket request(InetAddress source, InetAddress destination, int size) {
        return source instanceof Inet6Address ipv6
                ? Ipv6Packet.between(ipv6, Ipv6.of(destination))
                        .payload(Icmpv6Message.echoRequest(IDENTIFIER, ++sequence, size))
                : request(Ipv4.of(source), Ipv4.of(destination), size);
    }

    private Ipv4Packet request(Inet4Address source, Inet4Address destination, int size) {
        sequence++;
        return Ipv4Packet.between(source, destination)
                .id(0x5000 + sequence)
                .payload(IcmpMessage.echoRequest(IDENTIFIER, sequence, size));
    }
}
