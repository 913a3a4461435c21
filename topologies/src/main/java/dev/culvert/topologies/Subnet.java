package dev.culvert.topologies;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** An IPv4 subnet, written {@code 198.51.100.0/24}. Its host bits are zero. */
public record Subnet(Inet4Address network, int prefixLength) {

    /** The subnet of that prefix length which holds an address. */
    public static Subnet containing(Inet4Address address, int prefixLength) {
        return new Subnet(address(number(address) & mask(prefixLength)), prefixLength);
    }

    /** The nth address of the subnet, 0 being the network's own. */
    public InterfaceAddress host(int n) {
        return new InterfaceAddress(address(number(network) + n), prefixLength);
    }

    /** The address with all host bits one. */
    public Inet4Address broadcast() {
        return address(number(network) | ~mask(prefixLength));
    }

    public boolean contains(Inet4Address address) {
        return (number(address) & mask(prefixLength)) == number(network);
    }

    public boolean overlaps(Subnet other) {
        return contains(other.network) || other.contains(network);
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixLength;
    }

    private static int mask(int prefixLength) {
        return prefixLength == 0 ? 0 : -1 << (32 - prefixLength);
    }

    private static int number(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static Inet4Address address(int number) {
        try {
            return (Inet4Address)
                    InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(number).array());
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an IPv4 address", e);
        }
    }
}
