package dev.culvert.harness.packet;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A header as it lies in a packet: a view, nothing is copied. A header that exists is whole; its decoder saw to that. */
public abstract non-sealed class Header implements Layer {

    private final Room room;
    private final int length;

    /** A header of that length at the start of a room that has it. */
    protected Header(Room room, int length) {
        this.room = room;
        this.length = length;
    }

    /** The protocol's name, {@code "IPv4"} for instance. */
    public abstract String protocol();

    /** The fields in the order in which they are sent. */
    public abstract List<Field> fields();

    @Override
    public final int offset() {
        return room.start();
    }

    @Override
    public final int length() {
        return length;
    }

    /** The whole packet that the header lies in. */
    public final Bytes packet() {
        return room.packet();
    }

    /** The bytes of the header alone, with its options. */
    public final Bytes bytes() {
        return packet().slice(offset(), length);
    }

    /** Says whether several such headers in one packet nest, one tunnel within another, and are not a list. */
    boolean nests() {
        return true;
    }

    /** What lies behind the header and belongs to it. */
    protected final Room body() {
        return room.after(length);
    }

    /** The header and what it carries, as far as it was kept. */
    protected final Room room() {
        return room;
    }

    /** Says whether the header and all that it carries were kept. */
    public final boolean complete() {
        return room.end() == room.originalEnd();
    }

    /** The payload's bytes, as far as they were kept. */
    public final Bytes payload() {
        return packet().slice(body().start(), body().left());
    }

    /** The header with its payload, as far as it was kept. */
    public final Bytes withPayload() {
        return packet().slice(offset(), room.left());
    }

    /** Two headers are equal when they are of one protocol and lie at the same place of equal packets. */
    @Override
    public final boolean equals(Object other) {
        return other instanceof Header that
                && getClass() == that.getClass()
                && offset() == that.offset()
                && packet().equals(that.packet());
    }

    @Override
    public final int hashCode() {
        return Objects.hash(getClass(), offset(), packet());
    }

    @Override
    public String toString() {
        return protocol() + " "
                + fields().stream().map(f -> f.name() + " " + f.text(this)).collect(Collectors.joining(", "));
    }
}
