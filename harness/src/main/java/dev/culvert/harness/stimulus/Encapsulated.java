package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;

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
        byte[] behind = topology.kind().encapsulate(end.options(), Carried.IPV4, inner.toArray());
        return IpPayload.of(topology.kind().outerProtocol(end.options(), Carried.IPV4), Bytes.of(behind));
    }

    /** The whole packet, from A's end to B's. */
    static Ipv4Packet fromAToB(Topology topology, Ipv4Packet inner) {
        TunnelEnd end = topology.a().tunnel();
        return Ipv4Packet.between(end.local(), end.remote()).payload(by(topology, inner));
    }
}
