package dev.culvert.topologies;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/** A prefix of either family without host bits. */
public record Subnet(InetAddress network, int prefixLength) {

    /** How many addresses of an IPv6 subnet are counted as hosts at most; there are more than anybody counts. */
    private static final long MANY = 1L << 32;

    public Subnet {
        int bits = Family.of(network).bits();
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not within 0 … " + bits);
        }
        if (!masked(network, prefixLength).equals(network)) {
            throw new IllegalArgumentException(
                    IpAddress.text(network) + "/" + prefixLength + " has bits set behind its prefix");
        }
    }

    /** Reads an address, a slash and a length, with no bits set behind it; empty for everything else. */
    public static Optional<Subnet> parse(String text) {
        return InterfaceAddress.parse(text)
                .filter(a -> a.subnet().network().equals(a.address()))
                .map(InterfaceAddress::subnet);
    }

    /** The prefix of a length that an address lies in. */
    public static Subnet around(InetAddress address, int prefixLength) {
        return new Subnet(masked(address, prefixLength), prefixLength);
    }

    /** An address alone. */
    public static Subnet of(InetAddress address) {
        return new Subnet(address, Family.of(address).bits());
    }

    /** Every address of a family. */
    public static Subnet everything(Family family) {
        return new Subnet(address(BigInteger.ZERO, family), 0);
    }

    public Family family() {
        return Family.of(network);
    }

    public boolean contains(InetAddress address) {
        return Family.of(address) == family() && masked(address, prefixLength).equals(network);
    }

    public boolean overlaps(Subnet other) {
        return contains(other.network) || other.contains(network);
    }

    /** Whether it is a single address. */
    public boolean isAddress() {
        return prefixLength == family().bits();
    }

    /** The address with a number within the subnet; 0 is the network itself. */
    public InetAddress at(int number) {
        BigInteger value = value(network).add(BigInteger.valueOf(Integer.toUnsignedLong(number)));
        if (value.bitLength() > family().bits() || !contains(address(value, family()))) {
            throw new IllegalArgumentException(this + " has no address number " + Integer.toUnsignedString(number));
        }
        return address(value, family());
    }

    /** The last address: the directed broadcast address of an IPv4 subnet. */
    public InetAddress last() {
        BigInteger hostBits =
                BigInteger.ONE.shiftLeft(family().bits() - prefixLength).subtract(BigInteger.ONE);
        return address(value(network).or(hostBits), family());
    }

    /**
     * How many addresses can be given to interfaces, 2³² at most. Of IPv4 all but network and broadcast, or all of a /31 and /32 (RFC 3021); of
     * IPv6 all but the subnet-router anycast address, which is the first (RFC 4291 section 2.6.1), or all of a /127 and /128 (RFC 6164).
     */
    public long hosts() {
        int hostBits = family().bits() - prefixLength;
        if (hostBits > 32) {
            return MANY;
        }
        long all = 1L << hostBits;
        if (hostBits <= 1) {
            return all;
        }
        return family() == Family.IPV4 ? all - 2 : all - 1;
    }

    /** The host with a number counted from 1: {@code .1} of a /24, the network address itself of a /31. */
    public InterfaceAddress host(int number) {
        boolean all = family().bits() - prefixLength <= 1;
        return new InterfaceAddress(at(all ? number - 1 : number), prefixLength);
    }

    /** Whether an address in it can be given to an interface, as {@link #hosts()} counts. */
    public boolean isHost(InetAddress address) {
        if (!contains(address) || family().bits() - prefixLength <= 1) {
            return contains(address);
        }
        return !address.equals(network) && !(family() == Family.IPV4 && address.equals(last()));
    }

    private static InetAddress masked(InetAddress address, int prefixLength) {
        int hostBits = Family.of(address).bits() - prefixLength;
        BigInteger prefix = value(address).shiftRight(hostBits).shiftLeft(hostBits);
        return address(prefix, Family.of(address));
    }

    private static BigInteger value(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static InetAddress address(BigInteger value, Family family) {
        if (family == Family.IPV4) {
            return Ipv4.address(value.intValue());
        }
        byte[] bytes = new byte[family.bits() / 8];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = value.shiftRight(8 * (bytes.length - 1 - i)).byteValue();
        }
        return Ipv6.address(bytes);
    }

    @Override
    public String toString() {
        return IpAddress.text(network) + "/" + prefixLength;
    }
}
