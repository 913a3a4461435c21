package dev.culvert.topologies;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A 6rd domain (RFC 5969 section 4): behind the prefix that all its IPv6 addresses have stand those bits of an IPv4 address which are not the
 * same for everybody.
 *
 * @param prefix the 6rd prefix
 * @param common what all IPv4 addresses of the domain have in common, of length 0 if that is nothing
 */
public record SixRd(Subnet prefix, Subnet common) {

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** The IPv4 address within an IPv6 address; empty for one that is not of the domain ({@code check_6rd} in net/ipv6/sit.c). */
    public Optional<Inet4Address> embeddedIn(InetAddress address) {
        if (Family.of(address) != Family.IPV6 || !prefix.contains(address)) {
            return Optional.empty();
        }
        int bits = IPV4_BITS - common.prefixLength();
        int own = new BigInteger(1, address.getAddress())
                .shiftRight(IPV6_BITS - prefix.prefixLength() - bits)
                .and(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE))
                .intValue();
        return Optional.of(Ipv4.address(Ipv4.bits(Ipv4.of(common.network())) | own));
    }
}
