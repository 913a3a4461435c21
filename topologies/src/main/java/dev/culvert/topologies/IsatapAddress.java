package dev.culvert.topologies;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * IPv6 addresses of ISATAP (RFC 5214 section 6.1): the last 64 bits are 0000:5efe or 0200:5efe, and an IPv4 address behind it, which is where
 * packets to them are sent.
 */
public final class IsatapAddress {

    private static final int IDENTIFIER = 0x5efe;

    /** The bit that is set for an IPv4 address that nobody else has. */
    private static final int UNIVERSAL = 0x0200_0000;

    private IsatapAddress() {}

    /** The IPv4 address within an IPv6 address; empty for one that is not of this form ({@code ipv6_addr_is_isatap} in include/net/addrconf.h). */
    public static Optional<Inet4Address> embeddedIn(InetAddress address) {
        if (Family.of(address) != Family.IPV6) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return (bytes.getInt(8) & ~UNIVERSAL) == IDENTIFIER
                ? Optional.of(Ipv4.address(bytes.getInt(12)))
                : Optional.empty();
    }

    /** The address with the first 64 bits of one and an IPv4 address, which is taken for one that nobody else has. */
    public static Inet6Address of(InetAddress prefix, Inet4Address embedded) {
        return Ipv6.address(ByteBuffer.allocate(16)
                .put(prefix.getAddress(), 0, 8)
                .putInt(UNIVERSAL | IDENTIFIER)
                .put(embedded.getAddress())
                .array());
    }
}
