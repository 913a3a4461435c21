package dev.culvert.harness.packet;

import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation.Header;
import dev.culvert.topologies.UdpListener;
import java.util.HashMap;
import java.util.Map;

/**
 * What follows a UDP header, by its destination port, where IANA's registry does not say it: FOU has no header and no port of its own
 * (net/ipv4/fou_core.c), so only the configuration tells what a packet behind UDP is.
 *
 * @param payloads by port, {@code Next.ipProtocol(4)} where IPv4 follows directly and {@link Next#GUE} where a GUE header does
 */
public record UdpPorts(Map<Integer, Next> payloads) {

    /** No port but those that are registered. */
    public static final UdpPorts REGISTERED = new UdpPorts(Map.of());

    public UdpPorts {
        payloads = Map.copyOf(payloads);
    }

    /** The ports at which the servers of a topology take packets out of UDP. */
    public static UdpPorts of(Topology topology) {
        Map<Integer, Next> payloads = new HashMap<>();
        for (Place place : new Place[] {Place.A, Place.B}) {
            topology.kind()
                    .udpPorts(topology.endpoint(place).tunnel().options())
                    .forEach((port, registered) -> payloads.put(port, Next.udpPort(registered)));
            topology.udpListener(place).ifPresent(listener -> payloads.put(listener.port(), behind(listener)));
        }
        Esp esp = topology.esp();
        if (esp != null && esp.udpPort() != null) {
            payloads.put(esp.udpPort(), Next.ESP_IN_UDP);
        }
        return payloads.isEmpty() ? REGISTERED : new UdpPorts(payloads);
    }

    private static Next behind(UdpListener listener) {
        return listener.header() == Header.GUE ? Next.GUE : Next.ipProtocol(listener.protocol());
    }

    /** What something that follows a header is by this configuration. */
    Next meaning(Next next) {
        return next.space() == Next.Space.UDP_PORT ? payloads.getOrDefault(next.number(), next) : next;
    }
}
