package dev.culvert.harness.packet;

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

    /** What something that follows a header is by this configuration. */
    Next meaning(Next next) {
        return next.space() == Next.Space.UDP_PORT ? payloads.getOrDefault(next.number(), next) : next;
    }
}
