package dev.culvert.harness.packet;

/**
 * What an ERSPAN header of type II and one of type III begin with (draft-foschiano-erspan-02 sections 4.2 and 4.3, Linux
 * include/net/erspan.h {@code struct erspan_base_hdr}). Type I has no header but GRE's.
 */
public abstract sealed class ErspanHeader extends Header permits Erspan2Header, Erspan3Header {

    /** One less than the type. */
    public static final Field VERSION = Field.decimal("version", 0, 4);
    /** Of the mirrored frame. */
    public static final Field VLAN = Field.decimal("vlan", 4, 12);
    /** Class of service. */
    public static final Field COS = Field.decimal("cos", 16, 3);
    /** 1 where the frame was cut. */
    public static final Field TRUNCATED = Field.decimal("t", 21, 1);

    public static final Field SESSION_ID = Field.decimal("session id", 22, 10);

    /** The GRE protocol type of types I and II. */
    public static final int PROTOCOL_TYPE_2 = 0x88be;
    /** The GRE protocol type of type III. */
    public static final int PROTOCOL_TYPE_3 = 0x22eb;

    ErspanHeader(Room room, int length) {
        super(room, length);
    }

    /** Both protocol types carry the version that says what the header is. */
    static void decode(Room room, Trail trail) {
        if (!room.has(1)) {
            trail.end(room.tooShortFor("ERSPAN header", 1));
            return;
        }
        int version = room.u8(0) >> 4;
        if (version == 1) {
            Erspan2Header.decode(room, trail);
        } else if (version == 2) {
            Erspan3Header.decode(room, trail);
        } else {
            trail.end(room.lie(0, "ERSPAN version " + version + " is neither 1 (type II) nor 2 (type III)"));
        }
    }

    public final int version() {
        return (int) VERSION.of(this);
    }

    public final int vlan() {
        return (int) VLAN.of(this);
    }

    public final int cos() {
        return (int) COS.of(this);
    }

    /** Says whether the mirrored frame was cut, so that its own lengths tell of more than there is. */
    public final boolean truncated() {
        return TRUNCATED.of(this) == 1;
    }

    public final int sessionId() {
        return (int) SESSION_ID.of(this);
    }

    /** The room of the mirrored frame, which is only its beginning where it was cut. */
    final Room frame() {
        return truncated() ? body().beginning() : body();
    }
}
