package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

/**
 * An ARP packet (RFC 826) as it lies in a frame. Its addresses are known where they are Ethernet's and IPv4's; of others only the
 * first 8 bytes are shown. What follows is the frame's padding.
 */
public final class ArpHeader extends Header {

    public static final Field HARDWARE_TYPE = Field.decimal("hardware type", 0, 16);
    public static final Field PROTOCOL_TYPE = Field.hex("protocol type", 16, 16);
    public static final Field HARDWARE_LENGTH = Field.decimal("hardware address length", 32, 8);
    public static final Field PROTOCOL_LENGTH = Field.decimal("protocol address length", 40, 8);
    public static final Field OPERATION = Field.decimal("operation", 48, 16);
    public static final Field SENDER_HARDWARE = Field.mac("sender hardware address", 64);
    public static final Field SENDER_PROTOCOL = Field.ipv4("sender protocol address", 112);
    public static final Field TARGET_HARDWARE = Field.mac("target hardware address", 144);
    public static final Field TARGET_PROTOCOL = Field.ipv4("target protocol address", 192);

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    private static final int FIXED = 8;
    private static final List<Field> FIRST =
            List.of(HARDWARE_TYPE, PROTOCOL_TYPE, HARDWARE_LENGTH, PROTOCOL_LENGTH, OPERATION);
    private static final List<Field> ALL = List.of(
            HARDWARE_TYPE,
            PROTOCOL_TYPE,
            HARDWARE_LENGTH,
            PROTOCOL_LENGTH,
            OPERATION,
            SENDER_HARDWARE,
            SENDER_PROTOCOL,
            TARGET_HARDWARE,
            TARGET_PROTOCOL);

    private ArpHeader(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        int length = room.has(FIXED) ? FIXED + 2 * (room.u8(4) + room.u8(5)) : FIXED;
        if (!room.has(length)) {
            trail.end(room.tooShortFor("ARP packet", length));
            return;
        }
        trail.add(new ArpHeader(room, length));
    }

    @Override
    public String protocol() {
        return "ARP";
    }

    @Override
    public List<Field> fields() {
        return isIpv4OverEthernet() ? ALL : FIRST;
    }

    /** Says whether the addresses are those of Ethernet and IPv4. */
    public boolean isIpv4OverEthernet() {
        return HARDWARE_TYPE.of(this) == 1
                && PROTOCOL_TYPE.of(this) == 0x0800
                && HARDWARE_LENGTH.of(this) == 6
                && PROTOCOL_LENGTH.of(this) == 4;
    }

    public int operation() {
        return (int) OPERATION.of(this);
    }

    /** The sender's IPv4 address; empty where addresses are others. */
    public Optional<Inet4Address> sender() {
        return isIpv4OverEthernet() ? Optional.of(packet().ipv4(offset() + 14)) : Optional.empty();
    }

    /** The IPv4 address that is asked for or answered to; empty where addresses are others. */
    public Optional<Inet4Address> target() {
        return isIpv4OverEthernet() ? Optional.of(packet().ipv4(offset() + 24)) : Optional.empty();
    }
}
