package dev.culvert.harness.packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A GUE header (include/net/gue.h; draft-ietf-intarea-gue-09 section 3) as it lies in a packet, with its optional fields. Version 1 has no
 * header: the first bits are those of an IP packet. Of a later version only the first four bytes are known, and what a control message
 * says is not known; both are payload.
 */
public final class GueHeader extends Header {

    /** The draft's variant. */
    public static final Field VERSION = Field.decimal("version", 0, 2);

    public static final Field CONTROL = Field.decimal("c", 2, 1);
    /** Of the optional fields, in units of 4 bytes. */
    public static final Field HLEN = Field.decimal("hlen", 3, 5);

    public static final Field PROTO = Field.decimal("proto/ctype", 8, 8);
    public static final Field FLAGS = Field.hex("flags", 16, 16);

    /** The length without optional fields. */
    public static final int MIN_LENGTH = 4;

    private static final Field PRIVATE_FLAGS = Field.hex("private flags", 32, 32);
    private static final Field CHECKSUM_START = Field.decimal("checksum start", 64, 16);
    private static final Field CHECKSUM_OFFSET = Field.decimal("checksum offset", 80, 16);

    private static final int DIRECT_IP = 1;
    /** GUE_FLAG_PRIV. */
    private static final int PRIVATE = 0x0001;
    /** GUE_PFLAG_REMCSUM. */
    private static final long REMOTE_CHECKSUM = 0x8000_0000L;

    private static final List<Field> FIRST = List.of(VERSION, CONTROL, HLEN, PROTO, FLAGS);
    private static final int WORD = 4;

    private GueHeader(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        if (room.has(1) && room.u8(0) >> 6 == DIRECT_IP) {
            trail.follow(Next.IP_BY_VERSION, room);
            return;
        }
        if (!room.has(MIN_LENGTH)) {
            trail.end(room.tooShortFor("GUE header", MIN_LENGTH));
            return;
        }
        boolean known = room.u8(0) >> 6 == 0;
        int length = known ? MIN_LENGTH + (room.u8(0) & 0x1f) * WORD : MIN_LENGTH;
        if (!room.has(length)) {
            trail.end(room.tooShortFor("GUE header with its optional fields", length));
            return;
        }
        GueHeader header = new GueHeader(room, length);
        trail.add(header);
        if (known && header.missing() > 0) {
            trail.end(room.lie(
                    0, "hlen " + HLEN.of(header) + ", but the flags announce " + header.missing() + " words more"));
        } else if (known && CONTROL.of(header) == 0) {
            trail.follow(Next.ipProtocol(header.proto()), header.body());
        } else {
            trail.end(header.body());
        }
    }

    /** How many words of optional fields the flags announce beyond {@code hlen}. */
    private long missing() {
        long announced = hasPrivateFlags() ? 1 : 0;
        if (hasPrivateFlags() && HLEN.of(this) > 0) {
            announced += (PRIVATE_FLAGS.of(this) & REMOTE_CHECKSUM) == 0 ? 0 : 1;
        }
        return Math.max(0, announced - HLEN.of(this));
    }

    @Override
    public String protocol() {
        return "GUE";
    }

    @Override
    public List<Field> fields() {
        List<Field> fields = new ArrayList<>(FIRST);
        privateFlags().ifPresent(fields::add);
        checksumStart().ifPresent(fields::add);
        checksumOffset().ifPresent(fields::add);
        return fields;
    }

    /** The IP protocol behind, or the type of a control message. */
    public int proto() {
        return (int) PROTO.of(this);
    }

    /** Empty where the flags announce none, and where they do without room for them. */
    public Optional<Field> privateFlags() {
        return hasPrivateFlags() && length() >= MIN_LENGTH + WORD ? Optional.of(PRIVATE_FLAGS) : Optional.empty();
    }

    /** Where remote checksum offload starts to sum up, in bytes behind this header; empty without it. */
    public Optional<Field> checksumStart() {
        return remoteChecksum(CHECKSUM_START);
    }

    /** Where remote checksum offload puts the sum, in bytes behind this header; empty without it. */
    public Optional<Field> checksumOffset() {
        return remoteChecksum(CHECKSUM_OFFSET);
    }

    private Optional<Field> remoteChecksum(Field field) {
        return privateFlags()
                .filter(flags -> (flags.of(this) & REMOTE_CHECKSUM) != 0 && length() >= MIN_LENGTH + 2 * WORD)
                .map(flags -> field);
    }

    private boolean hasPrivateFlags() {
        return VERSION.of(this) == 0 && (FLAGS.of(this) & PRIVATE) != 0;
    }
}
