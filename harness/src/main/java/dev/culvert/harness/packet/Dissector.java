package dev.culvert.harness.packet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes packets apart into their layers, as deep as they nest. */
public final class Dissector {

    private Dissector() {}

    /** Dissects a packet of which every byte was kept. */
    public static Dissection dissect(Bytes packet, LinkType linkType) {
        return dissect(packet, linkType, PacketContext.NONE);
    }

    /** Dissects a packet of which every byte was kept, where something is configured that it does not say. */
    public static Dissection dissect(Bytes packet, LinkType linkType, PacketContext context) {
        return dissect(packet, packet.length(), linkType, context);
    }

    /**
     * Reads only the first header of bytes that were all kept. Throws {@link IllegalArgumentException} when nothing decodes what it
     * is said to be.
     */
    public static Peeled peel(Next what, Bytes bytes) {
        Room all = new Room(bytes, 0, bytes.length(), bytes.length());
        return new Trail(what, all, Map.of()).peel(Protocols.ALL);
    }

    /**
     * Dissects a packet of which only the beginning may have been kept. What ESP has encrypted and the context has keys for is dissected
     * in the clear, at the place where its ciphertext was: the dissection's packet is then that one.
     *
     * @param originalLength its length on the link, at least that of the kept bytes
     */
    public static Dissection dissect(Bytes packet, int originalLength, LinkType linkType, PacketContext context) {
        Map<Integer, EspLayout> opened = new HashMap<>();
        Bytes clear = packet;
        while (true) {
            Room all = new Room(clear, 0, clear.length(), Math.max(originalLength, clear.length()));
            List<Layer> layers = new Trail(Next.linkType(linkType), all, opened).walk(Protocols.ALL, context.ports());
            Optional<OpenedEsp> next = sealed(layers, opened).flatMap(context.keys()::open);
            if (next.isEmpty()) {
                return new Dissection(clear, layers);
            }
            clear = next.get().packet();
            opened.put(next.get().offset(), next.get().layout());
        }
    }

    /** The ESP header at which a walk ended because what follows is encrypted. */
    private static Optional<EspHeader> sealed(List<Layer> layers, Map<Integer, EspLayout> opened) {
        return layers.stream()
                .filter(EspHeader.class::isInstance)
                .map(EspHeader.class::cast)
                .filter(header -> !opened.containsKey(header.offset()))
                .findFirst();
    }
}
