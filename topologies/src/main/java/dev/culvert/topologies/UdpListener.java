package dev.culvert.topologies;

import dev.culvert.topologies.UdpEncapsulation.Header;
import java.util.List;

/**
 * A UDP port at which a server takes packets out of UDP ({@code ip fou add}).
 *
 * @param family the family of IP that is around UDP
 * @param header what its packets have behind the UDP header
 * @param protocol the IP protocol of what is taken out, which only a GUE header says itself
 */
public record UdpListener(Family family, int port, Header header, int protocol) {

    /** The words by which {@code ip fou} is told the family; without any it is IPv4. */
    public List<String> familyWords() {
        return family == Family.IPV6 ? List.of("-6") : List.of();
    }
}
