package dev.culvert.topologies;

import java.net.Inet4Address;

/** An IPv4 address with the length of its subnet's prefix, written {@code 198.51.100.1/24}. */
public record InterfaceAddress(Inet4Address address, int prefixLength) {

    /** The subnet that the address is in. */
    public Subnet subnet() {
        return Subnet.containing(address, prefixLength);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
