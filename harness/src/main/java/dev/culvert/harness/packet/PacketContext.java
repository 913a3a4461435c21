package dev.culvert.harness.packet;

import dev.culvert.topologies.Topology;

/**
 * What no packet says of itself, only the configuration of those who sent it.
 *
 * @param ports what follows a UDP header
 * @param keys what opens an ESP packet
 */
public record PacketContext(UdpPorts ports, EspKeys keys) {

    /** Where nothing is configured. */
    public static final PacketContext NONE = new PacketContext(UdpPorts.REGISTERED, EspKeys.NONE);

    /** The configuration of a topology. */
    public static PacketContext of(Topology topology) {
        return new PacketContext(UdpPorts.of(topology), EspKeys.of(topology.esp()));
    }

    /** Dissects a whole packet as a raw socket was given it, IPv4 or IPv6. */
    public Dissection dissect(Bytes packet) {
        return Dissector.dissect(packet, LinkType.RAW, this);
    }
}
