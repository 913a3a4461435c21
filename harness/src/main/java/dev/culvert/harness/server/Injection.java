package dev.culvert.harness.server;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import java.time.Duration;

/**
 * A packet to be handed to the kernel of a place.
 *
 * @param device for a frame the device it is written to; for a packet the device it must leave by, or empty to leave that to the routes
 * @param bytes in network byte order; at most 65 549
 * @param delay how long to wait before it, after the one before it in the same batch
 */
public record Injection(Kind kind, Place place, String device, Bytes bytes, Duration delay) {

    /** How a packet gets into the kernel. */
    public enum Kind {
        /** A complete Ethernet frame through a packet socket: sent as it is. */
        FRAME(0),
        /** An IPv4 packet through a raw socket: the kernel fills in checksum, total length, and an identification or source of 0. */
        IPV4(4),
        /** An IPv6 packet through a raw socket: sent as it is. */
        IPV6(6);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** A complete Ethernet frame, written to a device. */
    public static Injection frame(Place place, String device, byte[] bytes) {
        return new Injection(Kind.FRAME, place, device, Bytes.of(bytes), Duration.ZERO);
    }

    /** An IPv4 packet, given to the routing of the place. */
    public static Injection ipv4(Place place, byte[] bytes) {
        return new Injection(Kind.IPV4, place, "", Bytes.of(bytes), Duration.ZERO);
    }

    /** An IPv6 packet, given to the routing of the place. */
    public static Injection ipv6(Place place, byte[] bytes) {
        return new Injection(Kind.IPV6, place, "", Bytes.of(bytes), Duration.ZERO);
    }

    public Injection after(Duration pause) {
        return new Injection(kind, place, device, bytes, pause);
    }
}
