package dev.culvert.topologies;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address on an interface with the length of its subnet's prefix. */
public record InterfaceAddress(InetAddress address, int prefixLength) {

    private static final Pattern TEXT = Pattern.compile("(.*)/(0|[1-9][0-9]{0,2})");

    /** Reads an address, a slash and a length; empty for everything else. */
    public static Optional<InterfaceAddress> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? IpAddress.parse(parts.group(1))
                        .map(address -> new InterfaceAddress(address, Integer.parseInt(parts.group(2))))
                        .filter(address ->
                                address.prefixLength() <= address.family().bits())
                : Optional.empty();
    }

    /** An address that is alone in its subnet. */
    public static InterfaceAddress alone(InetAddress address) {
        return new InterfaceAddress(address, Family.of(address).bits());
    }

    public Family family() {
        return Family.of(address);
    }

    /** The address of an interface that is known to have an IPv4 address; throws {@link IllegalArgumentException} when it has none. */
    public Inet4Address ipv4() {
        return Ipv4.of(address);
    }

    /** The subnet that the interface is connected to. */
    public Subnet subnet() {
        return Subnet.around(address, prefixLength);
    }

    /** The address as text, without the prefix length. */
    public String host() {
        return IpAddress.text(address);
    }

    @Override
    public String toString() {
        return host() + "/" + prefixLength;
    }
}
