package dev.culvert.harness.packet;

/** A hop-by-hop options header (RFC 8200 §4.3) as it lies in a packet. */
public final class HopByHopOptions extends Ipv6OptionsHeader {

    private HopByHopOptions(Room room, int length) {
        super(room, length);
    }

    static void decode(Room room, Trail trail) {
        decode(room, trail, "hop-by-hop options header", HopByHopOptions::new);
    }

    @Override
    public String protocol() {
        return "IPv6 hop-by-hop options";
    }
}
