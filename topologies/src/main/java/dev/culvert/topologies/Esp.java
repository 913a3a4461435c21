package dev.culvert.topologies;

import org.jspecify.annotations.Nullable;

/**
 * How a tunnel without a header of its own is protected (RFC 4303, in tunnel mode).
 *
 * @param udpPort the port on both ends of the UDP header around each ESP packet (RFC 3948), or null for plain ESP
 * @param aToB what A sends by
 * @param bToA what B sends by
 */
public record Esp(EspSuite suite, @Nullable Integer udpPort, EspAssociation aToB, EspAssociation bToA) {

    /** A UDP header (RFC 768). */
    private static final int UDP = 8;

    /** What a server sends by. */
    public EspAssociation sentBy(Place server) {
        return server == Place.A ? aToB : bToA;
    }

    /** Bytes behind the outer IP header that are not the packet of that length within. */
    public int overhead(int packetLength) {
        return (udpPort == null ? 0 : UDP) + suite.overhead(packetLength);
    }

    /** The longest packet that takes, behind the outer IP header, no more than that many bytes. */
    public int longestWithin(int bytes) {
        return suite.longestWithin(bytes - (udpPort == null ? 0 : UDP));
    }
}
