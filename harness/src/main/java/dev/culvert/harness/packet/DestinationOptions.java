package dev.culvert.harness.packet;

import java.util.Optional;

/** A destination options header (RFC 8200 §4.6) as it lies in a packet. */
public final class DestinationOptions extends Ipv6OptionsHeader {

    private DestinationOptions(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        decode(room, trail, "destination options header", DestinationOptions::new);
    }

    /** The tunnel encapsulation limit (RFC 2473 §4.1.1); empty if the header has none. */
    public Optional<Field> encapsulationLimit() {
        return option(Ipv6Option.ENCAPSULATION_LIMIT).flatMap(Ipv6Option::value);
    }

    @Override
    public String protocol() {
        return "IPv6 destination options";
    }
}
