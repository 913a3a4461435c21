package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.Objects;

/** Packets as A's end of a tunnel puts them behind the outer header, composed instead of sent through its device. */
final class Encapsulated {

    private Encapsulated() {}

    /** An IPv4 packet behind the kind's own header. */
    static IpPayload by(Topology topology, Ipv4Packet inner) {
        return by(topology, inner.bytes());
    }

    /** Bytes, said to be an IPv4 packet, behind the kind's own header. */
    static IpPayload by(Topology topology, Bytes inner) {
        TunnelEnd end = topology.a().tunnel();
        Carried carried = topology.carriedAs(Carried.IPV4);
        Bytes whole = carried == Carried.ETHERNET ? frame(topology, inner) : inner;
        byte[] behind = topology.kind().encapsulate(end.options(), carried, whole.toArray());
        return IpPayload.of(topology.outerProtocol(carried), Bytes.of(behind));
    }

    /** The frame from A to B that an IPv4 packet travels in. */
    private static Bytes frame(Topology topology, Bytes packet) {
        String source = Objects.requireNonNull(topology.a().innerMac());
        String destination = Objects.requireNonNull(topology.b().innerMac());
        return EthernetFrame.ipv4(source, destination, packet).bytes();
    }

    /** The whole packet, from A's end to B's. */
    static Ipv4Packet fromAToB(Topology topology, Ipv4Packet inner) {
        TunnelEnd end = topology.a().tunnel();
        return Ipv4Packet.between(Ipv4.of(end.local()), Ipv4.of(end.remote())).payload(by(topology, inner));
    }
}
