package dev.culvert.harness.packet;

/**
 * The bytes that one decoder may read.
 *
 * @param start where the header starts in the packet
 * @param end where the kept bytes end that belong to it
 * @param originalEnd where they ended on the link, before a capture or an ICMP error cut them; {@link #UNKNOWN} if not known
 */
public record Room(Bytes packet, int start, int end, int originalEnd) {

    /** The original end of bytes that were quoted or fragmented. */
    public static final int UNKNOWN = Integer.MAX_VALUE;

    /** How many bytes are left. */
    public int left() {
        return end - start;
    }

    /** How many bytes were left on the link, never less than {@link #left()}. */
    public int originallyLeft() {
        return originalEnd - start;
    }

    /** Says whether that many bytes are left. */
    public boolean has(int bytes) {
        return left() >= bytes;
    }

    /** The unsigned byte at an offset from the start. */
    public int u8(int at) {
        return packet.u8(start + at);
    }

    /** The unsigned 16-bit number at an offset from the start. */
    public int u16(int at) {
        return packet.u16(start + at);
    }

    /** What lies behind a header of that length, which must have fitted. */
    public Room after(int bytes) {
        return new Room(packet, start + bytes, end, originalEnd);
    }

    /** The same room, ended by a length field that counts from its start. */
    public Room limitedTo(int bytes) {
        int limit = start + bytes;
        return new Room(packet, start, Math.min(end, limit), Math.min(originalEnd, limit));
    }

    /** The same room holding only the beginning of what was sent. */
    public Room beginning() {
        return new Room(packet, start, end, UNKNOWN);
    }

    /** Why a header of that length does not fit: cut by the capture, or never there. */
    public Layer tooShortFor(String what, int bytes) {
        return originallyLeft() >= bytes
                ? new Truncated(start, left(), what)
                : new Malformed(
                        start, left(), what + " takes " + bytes + " bytes, but only " + originallyLeft() + " are left");
    }

    /** Bytes that lie at an offset from the start. */
    public Malformed lie(int at, String why) {
        return new Malformed(start + at, Math.max(0, left() - at), why);
    }
}
