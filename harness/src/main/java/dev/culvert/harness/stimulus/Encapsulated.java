package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.GuePacket;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpEncapsulation.Header;
import java.util.Objects;

/** Packets as A's end of a tunnel puts them behind the outer header, composed instead of sent through its device. */
final class Encapsulated {

    /** For packets whose flow would say; receivers do not look at it. */
    private static final int SOURCE_PORT = 50000;

    private Encapsulated() {}

    /** An IP packet behind the kind's own header, within UDP where A's end puts it there. */
    static IpPayload by(Topology topology, IpPacket inner) {
        return by(topology, inner.bytes());
    }

    /** The same with bytes that are only said to be a packet of the IP that is inside the tunnel. */
    static IpPayload by(Topology topology, Bytes inner) {
        return behindOuter(topology, protocol(topology), made(topology, inner));
    }

    /** The frame from A to B that an IP packet travels in. */
    static Bytes frame(Topology topology, Bytes packet) {
        String source = Objects.requireNonNull(topology.a().innerMac());
        String destination = Objects.requireNonNull(topology.b().innerMac());
        int type = topology.innerFamily().carried().etherType();
        return new EthernetFrame(source, destination, type, packet).bytes();
    }

    /** The datagram that A's end puts an IP packet in; throws {@link java.util.NoSuchElementException} where it puts none into UDP. */
    static UdpDatagram inUdp(Topology topology, IpPacket inner) {
        return withinUdp(topology.udpEncapsulation().orElseThrow(), protocol(topology), made(topology, inner.bytes()));
    }

    /** What the kind makes of a packet of the IP that is inside the tunnel: its own header, if it has one, and what that carries. */
    static Bytes made(Topology topology, Bytes inner) {
        Carried carried = topology.carriedAs(topology.innerFamily().carried());
        Bytes whole = carried == Carried.ETHERNET ? frame(topology, inner) : inner;
        return Bytes.of(topology.kind().encapsulate(topology.a().tunnel().options(), carried, whole.toArray()));
    }

    /** The protocol number of {@link #made}. */
    static int protocol(Topology topology) {
        return topology.kind()
                .outerProtocol(
                        topology.a().tunnel().options(),
                        topology.carriedAs(topology.innerFamily().carried()));
    }

    /** What the kind makes of a packet, by its protocol: as it is, or within UDP where A's end puts it there. */
    static IpPayload behindOuter(Topology topology, int protocol, Bytes made) {
        return topology.udpEncapsulation()
                .<IpPayload>map(encapsulation -> withinUdp(encapsulation, protocol, made))
                .orElseGet(() -> protocol == UdpEncapsulation.PROTOCOL && topology.outerFamily() == Family.IPV6
                        ? withChecksum(made)
                        : IpPayload.of(protocol, made));
    }

    /** A datagram that a kind makes itself, with the checksum that IPv6 wants of it (RFC 8200 section 8.1). */
    private static UdpDatagram withChecksum(Bytes datagram) {
        return new UdpDatagram(datagram.u16(0), datagram.u16(2), datagram.from(UdpHeader.LENGTH));
    }

    private static UdpDatagram withinUdp(UdpEncapsulation encapsulation, int protocol, Bytes made) {
        return new UdpDatagram(
                encapsulation.sourcePort().orElse(SOURCE_PORT),
                encapsulation.destinationPort(),
                encapsulation.header() == Header.GUE
                        ? GuePacket.over(protocol, made).bytes()
                        : made,
                encapsulation.checksum());
    }

    /**
     * A packet from A's end to B's whose outer header a label tells from others, so that an ICMP error about it is known: by the identification
     * of IPv4, by the flow label of IPv6.
     */
    static IpPacket labelled(Topology topology, String label, IpPayload payload) {
        TunnelEnd end = topology.a().tunnel();
        int number = 1 + (label.hashCode() & 0x7fff);
        IpPacket packet = topology.outerFamily() == Family.IPV4
                ? Ipv4Packet.between(Ipv4.of(end.local()), Ipv4.of(end.remote()))
                        .id(number)
                : Ipv6Packet.between(Ipv6.of(end.local()), Ipv6.of(end.remote()))
                        .flowLabel(number);
        return packet.payload(payload);
    }

    /** The whole packet, from A's end to B's. */
    static IpPacket fromAToB(Topology topology, IpPacket inner) {
        TunnelEnd end = topology.a().tunnel();
        return IpPacket.between(end.local(), end.remote()).payload(by(topology, inner));
    }

    /** The whole packet, from A's end to B's, where the outer header is IPv4. */
    static Ipv4Packet fromAToBOverIpv4(Topology topology, IpPacket inner) {
        TunnelEnd end = topology.a().tunnel();
        return Ipv4Packet.between(Ipv4.of(end.local()), Ipv4.of(end.remote())).payload(by(topology, inner));
    }
}
