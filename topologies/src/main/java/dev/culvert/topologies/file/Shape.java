package dev.culvert.topologies.file;

import dev.culvert.topologies.DeviceName;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Subnet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What a single value must look like.
 *
 * @param allowed what is allowed, for people; follows "is not"
 * @param read the value of a scalar, empty when it is something else
 */
record Shape<T>(String allowed, Function<Object, Optional<T>> read) {

    static final Shape<String> NAME =
            text("a name: lower-case letters, digits and hyphens, a letter first, at most 40", "[a-z][a-z0-9-]{0,39}");
    static final Shape<String> LINE = text("one line of 1 to 200 characters", "[^\\p{Cntrl}]{1,200}");
    static final Shape<String> PROSE = text("text of at most 2000 characters", "[\\P{Cntrl}\\n]{1,2000}");
    static final Shape<String> DEVICE = text(DeviceName.ALLOWED, DeviceName.PATTERN.pattern());
    static final Shape<String> MAC = text(
            "a unicast Ethernet address like 02:00:00:00:00:0a, in lower case", "[0-9a-f][02468ace](:[0-9a-f]{2}){5}");
    static final Shape<String> SYSCTL_VALUE =
            new Shape<>("a whole number, or several in quotes with blanks between them", Shape::sysctlValue);
    static final Shape<InetAddress> ADDRESS = ofText(
            "a unicast IPv4 or IPv6 address like 198.51.100.1 or 2001:db8:1::1",
            text -> IpAddress.parse(text).filter(Shape::isUnicast));
    static final Shape<Inet4Address> IPV4_ADDRESS = ofText(
            "a unicast IPv4 address like 198.51.100.1", text -> Ipv4.parse(text).filter(Shape::isUnicast));
    static final Shape<InetAddress> GROUP = ofText(
            "an IPv4 multicast address like 233.252.0.1",
            text -> Ipv4.parse(text).filter(InetAddress::isMulticastAddress).map(a -> a));
    static final Shape<InterfaceAddress> INTERFACE_ADDRESS = ofText(
            "a unicast IPv4 or IPv6 address with its prefix length, like 198.51.100.1/24 or 2001:db8:1::1/64",
            text -> InterfaceAddress.parse(text).filter(a -> isUnicast(a.address())));
    static final Shape<Subnet> DESTINATION = ofText(
            "an IPv4 or IPv6 prefix like 198.51.100.0/24 or 2001:db8:1::/64, with no bits set behind its length",
            Subnet::parse);
    static final Shape<Subnet> SUBNET = ofText(
            "an IPv4 or IPv6 subnet of unicast addresses like 198.51.100.0/24 or 2001:db8:1::/64, with no bits set behind its prefix",
            text -> Subnet.parse(text).filter(s -> isUnicast(s.network()) && s.prefixLength() >= shortest(s.family())));
    static final Shape<Long> SPI = new Shape<>(
            "a security parameters index within 256 … 4294967295",
            scalar -> scalar instanceof Long value && 256 <= value && value <= 0xffff_ffffL
                    ? Optional.of(value)
                    : Optional.empty());
    static final Shape<String> KEY =
            text("a key of hexadecimal digits, two for each byte, in quotes", "([0-9a-f]{2}){1,64}");
    static final Shape<Boolean> BOOLEAN = new Shape<>(
            "true or false", scalar -> scalar instanceof Boolean value ? Optional.of(value) : Optional.empty());

    private static final Pattern NUMBERS = Pattern.compile("-?[0-9]{1,10}( -?[0-9]{1,10})*");

    /** A whole number within limits, both included. */
    static Shape<Integer> number(int min, int max) {
        return new Shape<>(
                "a whole number within " + min + " … " + max,
                scalar -> scalar instanceof Long value && min <= value && value <= max
                        ? Optional.of(value.intValue())
                        : Optional.empty());
    }

    private static Shape<String> text(String allowed, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return ofText(allowed, text -> compiled.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    private static <T> Shape<T> ofText(String allowed, Function<String, Optional<T>> read) {
        return new Shape<>(allowed, scalar -> scalar instanceof String text ? read.apply(text) : Optional.empty());
    }

    /** The shortest prefix of a subnet of unicast addresses alone. */
    private static int shortest(Family family) {
        return family == Family.IPV4 ? 8 : 16;
    }

    /**
     * Neither "this network", loopback, multicast nor reserved (RFC 6890 §2.2.2, RFC 1112 §4); of IPv6 neither within ::/8, where the unspecified
     * and the loopback address and those with an IPv4 address are, nor link-local or multicast (RFC 4291 §2.4).
     */
    private static boolean isUnicast(InetAddress address) {
        int first = address.getAddress()[0] & 0xff;
        return address instanceof Inet4Address
                ? first >= 1 && first <= 223 && first != 127
                : first >= 1 && first != 0xff && !address.isLinkLocalAddress();
    }

    private static Optional<String> sysctlValue(Object scalar) {
        boolean fits = scalar instanceof Long
                || (scalar instanceof String text && NUMBERS.matcher(text).matches());
        return fits ? Optional.of(scalar.toString()) : Optional.empty();
    }
}
