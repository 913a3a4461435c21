package dev.culvert.harness.packet;

import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import java.net.Inet4Address;
import java.net.InetAddress;

/** A composed IP packet, as far as both versions have the same to set, under the names of IPv6 where the versions differ. */
public sealed interface IpPacket extends IpPayload permits Ipv4Packet, Ipv6Packet {

    /** Starts a packet between two addresses of one family; throws {@link IllegalArgumentException} when they are of two. */
    static IpPacket between(InetAddress source, InetAddress destination) {
        return source instanceof Inet4Address ipv4
                ? Ipv4Packet.between(ipv4, Ipv4.of(destination))
                : Ipv6Packet.between(Ipv6.of(source), Ipv6.of(destination));
    }

    /** DSCP and ECN: IPv4's TOS. */
    IpPacket trafficClass(int trafficClass);

    /** IPv4's TTL. */
    IpPacket hopLimit(int hopLimit);

    /** Sets the payload, and with it the field that says what it is. */
    IpPacket payload(IpPayload payload);

    InetAddress source();

    InetAddress destination();

    /** The packet from its version nibble on. */
    Bytes bytes();
}
