package dev.culvert.harness.packet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What decoders leave behind on their way through one packet. */
public final class Trail {

    private final List<Layer> layers = new ArrayList<>();
    private final Deque<Header> trailers = new ArrayDeque<>();
    private final Map<Integer, EspLayout> opened;
    private @Nullable Room rest;
    private @Nullable Next next;

    /**
     * @param opened how the ESP packets lie that were opened already, by their offset
     */
    Trail(Next first, Room packet, Map<Integer, EspLayout> opened) {
        this.opened = opened;
        next = first;
        rest = packet;
    }

    /** Adds a header. */
    public void add(Header header) {
        layers.add(header);
    }

    /** Adds what lies behind everything that is still to come. */
    void close(Header trailer) {
        trailers.push(trailer);
    }

    /** How the ESP packet at an offset lies, or null when it was not opened. */
    @Nullable
    EspLayout opened(int offset) {
        return opened.get(offset);
    }

    /** Says what the bytes behind are. */
    public void follow(Next what, Room where) {
        next = what;
        rest = where;
    }

    /** Says that the bytes behind are nobody's header. */
    public void end(Room payload) {
        if (payload.left() > 0) {
            layers.add(new Payload(payload.packet(), payload.start(), payload.left()));
        }
    }

    /** Says why the dissection cannot go on. */
    public void end(Layer last) {
        layers.add(last);
    }

    /** Takes one step: lets the decoder of what comes first say what it found. */
    Peeled peel(Protocols protocols) {
        Next first = next;
        Room room = rest;
        next = null;
        rest = null;
        Decoder decoder = first == null ? null : protocols.decoder(first);
        if (decoder == null || room == null) {
            throw new IllegalArgumentException("no decoder for " + first);
        }
        decoder.decode(room, this);
        return new Peeled(layers, Optional.ofNullable(next), Optional.ofNullable(rest));
    }

    /** Walks until no decoder says what follows. A loop, for bytes can nest deeper than the stack. */
    List<Layer> walk(Protocols protocols, UdpPorts ports) {
        while (next != null && rest != null) {
            Decoder decoder = protocols.decoder(ports.meaning(next));
            Room room = rest;
            next = null;
            rest = null;
            if (decoder == null) {
                end(room);
            } else {
                decoder.decode(room, this);
            }
        }
        layers.addAll(trailers);
        return layers;
    }
}
