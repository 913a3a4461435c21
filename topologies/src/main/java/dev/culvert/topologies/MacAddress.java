package dev.culvert.topologies;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** An Ethernet address in lower-case colon notation, {@code 02:00:00:00:00:0a}. */
public record MacAddress(String text) {

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");
    private static final Pattern NOTATION = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");

    public MacAddress {
        if (!NOTATION.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not an Ethernet address like 02:00:00:00:00:0a");
        }
    }

    /** A locally administered unicast address (second bit of the first octet set) ending in an octet. */
    public static MacAddress local(int lastOctet) {
        return new MacAddress(COLONS.formatHex(new byte[] {2, 0, 0, 0, 0, (byte) lastOctet}));
    }

    /** The six octets in the order in which they are sent. */
    public byte[] octets() {
        return COLONS.parseHex(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
