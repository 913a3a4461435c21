package dev.culvert.topologies;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option of a Geneve header (RFC 8926 section 3.5), written {@code 0xff01:0x81:0102030405060708} as {@code geneve_opts} of {@code ip route}
 * takes it ({@code lwtunnel_parse_geneve_opt} in iproute2's {@code ip/iproute_lwtunnel.c}).
 *
 * @param optionClass 16 bits
 * @param type 8 bits, the first of which says that the option is critical
 * @param data in lower-case hexadecimal digits, 4 to 124 bytes, a multiple of 4
 */
public record GeneveTunnelOption(int optionClass, int type, String data) {

    /** What one or more of them look like, with commas between them. */
    public static final String PATTERN =
            "%1$s(,%1$s)*".formatted("0x[0-9a-fA-F]{1,4}:0x[0-9a-fA-F]{1,2}:([0-9a-fA-F]{8}){1,31}");

    /** The bytes that the option length of the Geneve header can tell of (RFC 8926 section 3.4). */
    public static final int LONGEST = 252;

    private static final Pattern WHOLE = Pattern.compile(PATTERN);
    private static final Pattern ONE = Pattern.compile("0x([0-9a-fA-F]+):0x([0-9a-fA-F]+):([0-9a-fA-F]+)");
    private static final int HEADER = 4;

    /** Reads options in their order; empty when the text is not of that form. */
    public static Optional<List<GeneveTunnelOption>> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        List<GeneveTunnelOption> options = new ArrayList<>();
        Matcher matcher = ONE.matcher(text);
        while (matcher.find()) {
            options.add(new GeneveTunnelOption(
                    HexFormat.fromHexDigits(matcher.group(1)),
                    HexFormat.fromHexDigits(matcher.group(2)),
                    matcher.group(3).toLowerCase(Locale.ROOT)));
        }
        return Optional.of(options);
    }

    /** Those that a device's packets have by its options; none unless routes say so. */
    public static List<GeneveTunnelOption> of(Options options) {
        return Optional.ofNullable(options.given().get("geneve_opts"))
                .flatMap(GeneveTunnelOption::parse)
                .orElse(List.of());
    }

    /** What they are in the packet, one behind the other. */
    public static byte[] bytes(List<GeneveTunnelOption> options) {
        StringBuilder digits = new StringBuilder();
        options.forEach(option -> digits.append(
                        "%04x%02x%02x".formatted(option.optionClass, option.type, option.data.length() / 8))
                .append(option.data));
        return HexFormat.of().parseHex(digits);
    }

    /** Whether a receiver that does not know it has to drop the packet. */
    public boolean critical() {
        return (type & 0x80) != 0;
    }

    /** How long it is in the packet, in bytes. */
    public int length() {
        return HEADER + data.length() / 2;
    }

    /** How it is written. */
    public String text() {
        return "0x%04x:0x%02x:%s".formatted(optionClass, type, data);
    }
}
