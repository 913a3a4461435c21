package dev.culvert.harness.packet;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An option of a neighbor discovery message (RFC 4861 §4.6) as it lies in a packet. */
public final class NdOption extends Header {

    public static final Field TYPE = Field.decimal("option type", 0, 8);
    /** In units of 8 bytes, type and length counted. */
    public static final Field LENGTH = Field.decimal("option length", 8, 8);
    /** Of a link-layer address option of 8 bytes, as Ethernet's is. */
    public static final Field LINK_LAYER_ADDRESS = Field.mac("link-layer address", 16);
    /** Of prefix information. */
    public static final Field PREFIX_LENGTH = Field.decimal("prefix length", 16, 8);
    /** Of prefix information, L and A first. */
    public static final Field PREFIX_FLAGS = Field.hex("prefix flags", 24, 8);
    /** Of prefix information, in seconds. */
    public static final Field VALID_LIFETIME = Field.decimal("valid lifetime", 32, 32);
    /** Of prefix information, in seconds. */
    public static final Field PREFERRED_LIFETIME = Field.decimal("preferred lifetime", 64, 32);
    /** Of prefix information. */
    public static final Field PREFIX = Field.ipv6("prefix", 128);
    /** Of an MTU option. */
    public static final Field MTU = Field.decimal("option mtu", 32, 32);

    public static final int SOURCE_LINK_LAYER_ADDRESS = 1;
    public static final int TARGET_LINK_LAYER_ADDRESS = 2;
    public static final int PREFIX_INFORMATION = 3;
    public static final int MTU_OPTION = 5;

    private static final int UNIT = 8;

    private NdOption(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(2)) {
            trail.end(room.tooShortFor("neighbor discovery option", 2));
            return;
        }
        int length = room.u8(1) * UNIT;
        if (length == 0) {
            trail.end(room.lie(1, "option length 0, but every option is at least 1 unit of 8 bytes long"));
        } else if (!room.has(length)) {
            trail.end(room.tooShortFor("neighbor discovery option", length));
        } else {
            NdOption option = new NdOption(room, length);
            trail.add(option);
            if (option.body().left() > 0) {
                trail.follow(Next.ND_OPTION, option.body());
            }
        }
    }

    @Override
    public String protocol() {
        return "ND option";
    }

    @Override
    boolean nests() {
        return false;
    }

    @Override
    public List<Field> fields() {
        return switch (type()) {
            case SOURCE_LINK_LAYER_ADDRESS, TARGET_LINK_LAYER_ADDRESS -> and(UNIT, LINK_LAYER_ADDRESS);
            case PREFIX_INFORMATION ->
                and(4 * UNIT, PREFIX_LENGTH, PREFIX_FLAGS, VALID_LIFETIME, PREFERRED_LIFETIME, PREFIX);
            case MTU_OPTION -> and(UNIT, MTU);
            default -> List.of(TYPE, LENGTH);
        };
    }

    public int type() {
        return (int) TYPE.of(this);
    }

    /** Type and length, and what an option of its type has if it is as long as that must be. */
    private List<Field> and(int length, Field... others) {
        return length() == length
                ? Stream.concat(Stream.of(TYPE, LENGTH), Arrays.stream(others)).toList()
                : List.of(TYPE, LENGTH);
    }
}
