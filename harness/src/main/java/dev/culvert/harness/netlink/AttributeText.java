package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.LongFunction;

/** Attributes that were told the kernel and those that it reports, as texts that are the same when the values are. */
public final class AttributeText {

    private AttributeText() {}

    /** The value that was told. */
    public static String told(Attribute attribute) {
        return ValueText.of(attribute.value());
    }

    /**
     * The value that is reported of an attribute: bytes that cannot be such a value are shown as they are, and of switches that share a number
     * only those count that were told.
     *
     * @param devices the name of a device by its index
     */
    public static String reported(Attribute told, Bytes bytes, LongFunction<String> devices) {
        return ValueText.of(read(told.value(), bytes, devices));
    }

    private static Value read(Value told, Bytes bytes, LongFunction<String> devices) {
        if (told instanceof Value.Unsigned number && number.bytes() == bytes.length()) {
            return new Value.Unsigned(number.bytes(), number.network(), number(bytes, number.network()));
        }
        if (told instanceof Value.Bits bits && bits.bytes() == bytes.length()) {
            long reported = number(bytes, bits.network());
            return new Value.Bits(
                    bits.bytes(),
                    bits.network(),
                    bits.bits().stream()
                            .map(bit -> new Value.Bit(bit.option(), bit.mask(), (reported & bit.mask()) != 0))
                            .toList());
        }
        if (told instanceof Value.Device && bytes.length() == Integer.BYTES) {
            return new Value.Device(devices.apply(number(bytes, false)));
        }
        if (told instanceof Value.Address && (bytes.length() == 4 || bytes.length() == 16)) {
            return new Value.Address(address(bytes));
        }
        return told instanceof Value.Present && bytes.length() == 0 ? told : new Value.Octets(bytes.toString());
    }

    private static long number(Bytes bytes, boolean network) {
        long number = 0;
        for (int i = 0; i < bytes.length(); i++) {
            number = number << 8 | bytes.u8(network ? i : bytes.length() - 1 - i);
        }
        return number;
    }

    private static InetAddress address(Bytes bytes) {
        try {
            return InetAddress.getByAddress(bytes.toArray());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 bytes are always an address", e);
        }
    }
}
