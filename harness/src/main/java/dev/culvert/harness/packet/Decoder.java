package dev.culvert.harness.packet;

/** Reads one protocol's header. */
@FunctionalInterface
public interface Decoder {

    /**
     * Reads the header at the start of a room and says on the trail what it found and what follows. Checks every length before
     * use: the bytes may be anything, and nothing may be thrown.
     */
    void decode(Room room, Trail trail);
}
