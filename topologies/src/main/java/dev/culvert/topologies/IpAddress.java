package dev.culvert.topologies;

import java.net.InetAddress;
import java.util.Optional;

/** IP addresses of either family as text, without ever asking a resolver. */
public final class IpAddress {

    private IpAddress() {}

    /** Reads a dotted quad or an IPv6 address; empty for everything else. */
    public static Optional<InetAddress> parse(String text) {
        return text.contains(":")
                ? Ipv6.parse(text).map(a -> a)
                : Ipv4.parse(text).map(a -> a);
    }

    /** The text of an address as {@code ip} writes it: a dotted quad, or the form of RFC 5952 section 4. */
    public static String text(InetAddress address) {
        return Family.of(address) == Family.IPV4 ? address.getHostAddress() : Ipv6.text(Ipv6.of(address));
    }
}
