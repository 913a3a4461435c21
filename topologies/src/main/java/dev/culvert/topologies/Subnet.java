package dev.culvert.topologies;

import java.net.Inet4Address;

/** An IPv4 prefix without host bits. */
public record Subnet(Inet4Address network, int prefixLength) {

    public Subnet {
        if (prefixLength < 0 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length " + prefixLength + " is not within 0 … 32");
        }
        if ((Ipv4.bits(network) & ~mask(prefixLength)) != 0) {
            throw new IllegalArgumentException(
                    network.getHostAddress() + "/" + prefixLength + " has bits set behind its prefix");
        }
    }

    /** The prefix of a length that an address lies in. */
    public static Subnet around(Inet4Address address, int prefixLength) {
        return new Subnet(Ipv4.address(Ipv4.bits(address) & mask(prefixLength)), prefixLength);
    }

    public boolean contains(Inet4Address address) {
        return (Ipv4.bits(address) & mask(prefixLength)) == Ipv4.bits(network);
    }

    public boolean overlaps(Subnet other) {
        return contains(other.network) || other.contains(network);
    }

    /** The address with a number within the subnet; 0 is the network itself. */
    public Inet4Address at(int number) {
        Inet4Address address = Ipv4.address(Ipv4.bits(network) + number);
        if (!contains(address)) {
            throw new IllegalArgumentException(this + " has no address number " + number);
        }
        return address;
    }

    /** The directed broadcast address, the last one. */
    public Inet4Address broadcast() {
        return Ipv4.address(Ipv4.bits(network) | ~mask(prefixLength));
    }

    /** How many addresses can be given to interfaces: all but network and broadcast, or all of a /31 and /32 (RFC 3021). */
    public long hosts() {
        long all = 1L << (32 - prefixLength);
        return prefixLength >= 31 ? all : all - 2;
    }

    /** The host with a number counted from 1: {@code .1} of a /24, the network address itself of a /31. */
    public InterfaceAddress host(int number) {
        return new InterfaceAddress(at(prefixLength >= 31 ? number - 1 : number), prefixLength);
    }

    private static int mask(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }
}
