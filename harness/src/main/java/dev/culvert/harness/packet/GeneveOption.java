package dev.culvert.harness.packet;

import java.util.List;

/** A Geneve option (RFC 8926 section 3.5) as it lies in a packet, with its data. */
public final class GeneveOption extends Header {

    public static final Field OPTION_CLASS = Field.hex("option class", 0, 16);
    /** With the critical bit on top. */
    public static final Field TYPE = Field.hex("type", 16, 8);

    public static final Field CRITICAL = Field.decimal("critical", 16, 1);
    public static final Field RESERVED = Field.decimal("r", 24, 3);
    /** Of the data, in units of 4 bytes. */
    public static final Field LENGTH_FIELD = Field.decimal("length", 27, 5);

    private static final List<Field> FIELDS = List.of(OPTION_CLASS, TYPE, CRITICAL, RESERVED, LENGTH_FIELD);
    private static final int WORD = 4;

    private GeneveOption(Room room, int length) {
        super(room, length);
    }

    /** Reads options up to the end of a room that holds nothing else; says whether all of them fitted. */
    static boolean decodeAll(Room options, Trail trail) {
        Room rest = options;
        while (rest.left() > 0) {
            int length = WORD + (rest.u8(3) & 0x1f) * WORD;
            if (!rest.has(length)) {
                trail.end(rest.lie(
                        3, "option of " + length + " bytes, but only " + rest.left() + " are left of the options"));
                return false;
            }
            trail.add(new GeneveOption(rest.limitedTo(length), length));
            rest = rest.after(length);
        }
        return true;
    }

    @Override
    public String protocol() {
        return "Geneve option";
    }

    @Override
    boolean nests() {
        return false;
    }

    @Override
    public List<Field> fields() {
        return FIELDS;
    }

    /** What the option says, 0 to 124 bytes. */
    public Bytes data() {
        return bytes().from(WORD);
    }
}
