package dev.culvert.topologies;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses as text and as 32 bits, without ever asking a resolver. */
public final class Ipv4 {

    // Decimal without leading zeros: inet_aton reads 010 as octal 8, inet_pton refuses it (POSIX.1-2017).
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);

    private Ipv4() {}

    /** Reads a dotted quad; empty for everything else. */
    public static Optional<Inet4Address> parse(String text) {
        Matcher quad = DOTTED_QUAD.matcher(text);
        if (!quad.matches()) {
            return Optional.empty();
        }
        int bits = 0;
        for (int i = 1; i <= 4; i++) {
            bits = bits << 8 | Integer.parseInt(quad.group(i));
        }
        return Optional.of(address(bits));
    }

    /** The address of 32 bits, the first octet the most significant. */
    public static Inet4Address address(int bits) {
        try {
            return (Inet4Address)
                    InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(bits).array());
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are always an address", e);
        }
    }

    /** An address that is known to be an IPv4 address; throws {@link IllegalArgumentException} when it is not. */
    public static Inet4Address of(InetAddress address) {
        if (address instanceof Inet4Address ipv4) {
            return ipv4;
        }
        throw new IllegalArgumentException(address.getHostAddress() + " is no IPv4 address");
    }

    /** The 32 bits of an address, the first octet the most significant. */
    public static int bits(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }
}
