package dev.culvert.harness.packet;

import dev.culvert.topologies.Topology;
import java.util.Map;

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
        var esp = topology.esp();
        UdpPorts ports = esp == null || esp.udpPort() == null
                ? UdpPorts.REGISTERED
                : new UdpPorts(Map.of(esp.udpPort(), Next.ESP_IN_UDP));
        return new PacketContext(ports, EspKeys.of(esp));
    }

    /** Dissects a whole packet as a raw socket was given it, IPv4 or IPv6. */
    public Dissection dissect(Bytes packet) {
        return Dissector.dissect(packet, LinkType.RAW, this);
    }
}
