package dev.culvert.harness.netlink;

import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.link.Value;
import java.util.stream.Collectors;

/** Values of attributes, for people. */
final class ValueText {

    private ValueText() {}

    /** One value that holds no others. */
    static String of(Value value) {
        if (value instanceof Value.Unsigned number) {
            return Long.toUnsignedString(number.value());
        }
        if (value instanceof Value.Bits bits) {
            String on = bits.bits().stream()
                    .filter(Value.Bit::on)
                    .map(Value.Bit::option)
                    .collect(Collectors.joining(","));
            return "0x" + Long.toHexString(bits.value()) + (on.isEmpty() ? "" : "(" + on + ")");
        }
        if (value instanceof Value.Address address) {
            return IpAddress.text(address.address());
        }
        if (value instanceof Value.Device device) {
            return device.name();
        }
        if (value instanceof Value.Text text) {
            return text.text();
        }
        if (value instanceof Value.Mac mac) {
            return mac.text();
        }
        if (value instanceof Value.Labels labels) {
            return labels.labels().stream().map(String::valueOf).collect(Collectors.joining("/"));
        }
        if (value instanceof Value.Octets octets) {
            return "0x" + octets.hex();
        }
        if (value instanceof Value.Padded padded) {
            return of(padded.value());
        }
        if (value instanceof Value.Present) {
            return "present";
        }
        throw new IllegalArgumentException("not one value but several: " + value);
    }
}
