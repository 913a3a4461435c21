package dev.culvert.harness.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A GRE header as it lies in a packet: version 0 (RFC 2784 section 2, RFC 2890 section 2), or version 1 as PPTP has it (RFC 2637 section
 * 4.1). Flags say which words are there, in this order: checksum and reserved1, key, sequence number, acknowledgment number. Of a
 * header of another version or with other flags than its version allows, or one with routing (RFC 1701), only the first four bytes are
 * known; what lies behind them is payload, as is PPP behind version 1.
 */
public final class GreHeader extends Header {

    public static final Field CHECKSUM_PRESENT = Field.decimal("c", 0, 1);
    /** RFC 1701's R; bit 1 of what RFC 2784 reserves. */
    public static final Field ROUTING_PRESENT = Field.decimal("r", 1, 1);

    public static final Field KEY_PRESENT = Field.decimal("k", 2, 1);
    public static final Field SEQUENCE_PRESENT = Field.decimal("s", 3, 1);
    /** Of version 1; bit 8 of what version 0 reserves. */
    public static final Field ACKNOWLEDGMENT_PRESENT = Field.decimal("a", 8, 1);
    /** Bits 4 to 12. */
    public static final Field RESERVED0 = Field.hex("reserved0", 4, 9);

    public static final Field VERSION = Field.decimal("version", 13, 3);
    public static final Field PROTOCOL_TYPE = Field.hex("protocol type", 16, 16);
    /** All flags and the version, as one number. */
    public static final Field FLAGS_AND_VERSION = Field.hex("flags and version", 0, 16);

    /** Of version 1, in the upper half of its key: how many bytes follow the header. */
    public static final Field PAYLOAD_LENGTH = Field.decimal("payload length", 32, 16);
    /** Of version 1, in the lower half of its key. */
    public static final Field CALL_ID = Field.decimal("call id", 48, 16);

    private static final List<Field> FIRST = List.of(
            FLAGS_AND_VERSION,
            CHECKSUM_PRESENT,
            ROUTING_PRESENT,
            KEY_PRESENT,
            SEQUENCE_PRESENT,
            VERSION,
            PROTOCOL_TYPE);
    private static final int WORD = 4;
    private static final int CHECKSUM_BIT = 0x8000;
    private static final int ROUTING_BIT = 0x4000;
    private static final int KEY_BIT = 0x2000;
    private static final int SEQUENCE_BIT = 0x1000;
    private static final int ACKNOWLEDGMENT_BIT = 0x0080;
    private static final int VERSION_MASK = 0x7;
    /** Version 1 has a key and neither checksum nor routing. */
    private static final int PPTP_MASK = CHECKSUM_BIT | ROUTING_BIT | KEY_BIT | VERSION_MASK;

    private static final int PPTP_BITS = KEY_BIT | 1;
    private static final int PPTP = 0x880b;

    private GreHeader(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        if (!room.has(WORD)) {
            trail.end(room.tooShortFor("GRE header", WORD));
            return;
        }
        int flags = room.u16(0);
        boolean plain = (flags & (ROUTING_BIT | VERSION_MASK)) == 0;
        boolean pptp = (flags & PPTP_MASK) == PPTP_BITS && room.u16(2) == PPTP;
        int length = plain || pptp ? length(flags, pptp) : WORD;
        if (!room.has(length)) {
            trail.end(room.tooShortFor("GRE header", length));
            return;
        }
        GreHeader header = new GreHeader(room, length);
        trail.add(header);
        if (plain) {
            trail.follow(header.carried(), header.body());
        } else if (pptp && header.payloadLength() > header.body().originallyLeft()) {
            trail.end(room.lie(
                    WORD,
                    "payload length " + header.payloadLength() + ", but only "
                            + header.body().originallyLeft() + " bytes are there"));
        } else {
            trail.end(pptp ? header.body().limitedTo(header.payloadLength()) : header.body());
        }
    }

    private static int length(int flags, boolean pptp) {
        int words = 1 + present(flags, CHECKSUM_BIT) + present(flags, KEY_BIT) + present(flags, SEQUENCE_BIT);
        return WORD * (words + (pptp ? present(flags, ACKNOWLEDGMENT_BIT) : 0));
    }

    /** ERSPAN's type I has nothing but its protocol type, which it shares with type II, and no sequence number. */
    private Next carried() {
        boolean mirrored = protocolType() == ErspanHeader.PROTOCOL_TYPE_2 && SEQUENCE_PRESENT.of(this) == 0;
        return mirrored ? Next.linkType(LinkType.ETHERNET) : Next.etherType(protocolType());
    }

    private static int present(int flags, int bit) {
        return (flags & bit) == 0 ? 0 : 1;
    }

    @Override
    public String protocol() {
        return "GRE";
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(FIRST);
        if (isPptp()) {
            fields.addAll(List.of(ACKNOWLEDGMENT_PRESENT, PAYLOAD_LENGTH, CALL_ID));
        }
        checksum().ifPresent(fields::add);
        reserved1().ifPresent(fields::add);
        key().ifPresent(fields::add);
        sequenceNumber().ifPresent(fields::add);
        acknowledgmentNumber().ifPresent(fields::add);
        return fields;
    }

    public int protocolType() {
        return (int) PROTOCOL_TYPE.of(this);
    }

    /** Over the header, itself taken as zero, and all that follows; empty where C is 0. */
    public Optional<Field> checksum() {
        return word(CHECKSUM_PRESENT, 1).map(at -> Field.hex("gre checksum", at, 16));
    }

    /** The 16 bits beside the checksum; empty where C is 0. */
    public Optional<Field> reserved1() {
        return word(CHECKSUM_PRESENT, 1).map(at -> Field.decimal("reserved1", at + 16, 16));
    }

    /** Says whether this is a header of version 1 as PPTP has it. */
    public boolean isPptp() {
        return VERSION.of(this) == 1 && length() > WORD;
    }

    /** How many bytes follow a header of version 1, by its own account. */
    private int payloadLength() {
        return (int) PAYLOAD_LENGTH.of(this);
    }

    /** Empty where K is 0, and in version 1, whose key is a payload length and a call id. */
    public Optional<Field> key() {
        return isPptp()
                ? Optional.empty()
                : word(KEY_PRESENT, 1 + (int) CHECKSUM_PRESENT.of(this)).map(at -> Field.hex("key", at, 32));
    }

    /** Empty where S is 0. */
    public Optional<Field> sequenceNumber() {
        return word(SEQUENCE_PRESENT, 1 + (int) CHECKSUM_PRESENT.of(this) + (int) KEY_PRESENT.of(this))
                .map(at -> Field.decimal("sequence number", at, 32));
    }

    /** Of version 1; empty where A is 0. */
    public Optional<Field> acknowledgmentNumber() {
        return isPptp()
                ? word(ACKNOWLEDGMENT_PRESENT, 2 + (int) SEQUENCE_PRESENT.of(this))
                        .map(at -> Field.decimal("acknowledgment number", at, 32))
                : Optional.empty();
    }

    /** The first bit of the nth word, where the flag says so and the header was understood. */
    private Optional<Integer> word(Field flag, int n) {
        boolean there = flag.of(this) == 1 && (n + 1) * WORD <= length();
        return there ? Optional.of(n * WORD * 8) : Optional.empty();
    }
}
