package dev.culvert.topologies;

import java.net.Inet4Address;

/** An IPv4 address on an interface with the length of its subnet's prefix. */
public record InterfaceAddress(Inet4Address address, int prefixLength) {

    /** The subnet that the interface is connected to. */
    public Subnet subnet() {
        return Subnet.around(address, prefixLength);
    }

    /** The dotted quad, without the prefix length. */
    public String host() {
        return address.getHostAddress();
    }

    @Override
    public String toString() {
        return host() + "/" + prefixLength;
    }
}
