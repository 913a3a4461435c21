package dev.culvert.topologies;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/** IPv6 addresses as text, without ever asking a resolver. */
public final class Ipv6 {

    private static final int GROUPS = 8;
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");

    private Ipv6() {}

    /**
     * Reads eight groups of hexadecimal digits, or fewer around one {@code ::} (RFC 4291 section 2.2); empty for everything else, zones and
     * dotted quads at the end included.
     */
    public static Optional<Inet6Address> parse(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(all -> all.length == GROUPS).map(Ipv6::address);
        }
        Optional<int[]> before = groups(text.substring(0, gap));
        Optional<int[]> behind = groups(text.substring(gap + 2));
        if (before.isEmpty() || behind.isEmpty() || before.get().length + behind.get().length >= GROUPS) {
            return Optional.empty();
        }
        int[] all = new int[GROUPS];
        System.arraycopy(before.get(), 0, all, 0, before.get().length);
        System.arraycopy(behind.get(), 0, all, GROUPS - behind.get().length, behind.get().length);
        return Optional.of(address(all));
    }

    /** Groups with a colon between them; none for the empty text. */
    private static Optional<int[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new int[0]);
        }
        String[] parts = text.split(":", -1);
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!GROUP.matcher(parts[i]).matches()) {
                return Optional.empty();
            }
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        return Optional.of(groups);
    }

    private static Inet6Address address(int[] groups) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * GROUPS);
        for (int group : groups) {
            bytes.putShort((short) group);
        }
        return address(bytes.array());
    }

    /** The address of 16 bytes, also of those that {@link InetAddress#getByAddress(byte[])} takes for an IPv4 address. */
    public static Inet6Address address(byte[] bytes) {
        try {
            return Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes.length + " bytes are no IPv6 address", e);
        }
    }

    /** An address that is known to be an IPv6 address; throws {@link IllegalArgumentException} when it is not. */
    public static Inet6Address of(InetAddress address) {
        if (address instanceof Inet6Address ipv6) {
            return ipv6;
        }
        throw new IllegalArgumentException(address.getHostAddress() + " is no IPv6 address");
    }

    /**
     * The text of RFC 5952 section 4: lower case, no leading zeros, {@code ::} for the longest run of two or more zero groups, the first of equal
     * ones.
     */
    static String text(Inet6Address address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = Short.toUnsignedInt(bytes.getShort());
        }
        int start = 0;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(groups, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        return length == 1
                ? join(groups, 0, GROUPS)
                : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
    }

    private static int zerosFrom(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }

    private static String join(int[] groups, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }
}
