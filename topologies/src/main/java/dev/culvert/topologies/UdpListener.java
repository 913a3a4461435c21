package dev.culvert.topologies;

import dev.culvert.topologies.UdpEncapsulation.Header;

/**
 * A UDP port at which a server takes packets out of UDP ({@code ip fou add}).
 *
 * @param header what its packets have behind the UDP header
 * @param protocol the IP protocol of what is taken out, which only a GUE header says itself
 */
public record UdpListener(int port, Header header, int protocol) {}
