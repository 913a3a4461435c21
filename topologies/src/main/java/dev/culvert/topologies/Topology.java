package dev.culvert.topologies;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two servers and a tunnel between them, wholly resolved: what the file left to mirroring or to defaults is said here.
 *
 * @param source the text of the topology file
 * @param router between the servers, or null where they share a link
 * @param mpls labels on the traffic between the LANs, or null
 */
public record Topology(
        String name,
        String title,
        String source,
        List<String> tags,
        Kind kind,
        Endpoint a,
        Endpoint b,
        @Nullable Router router,
        @Nullable Mpls mpls) {

    public Topology {
        tags = List.copyOf(tags);
    }

    /** The endpoint at a place; throws {@link IllegalArgumentException} for a place that ends no tunnel. */
    public Endpoint endpoint(Place place) {
        return switch (place) {
            case A -> a;
            case B -> b;
            default -> throw new IllegalArgumentException(place.id() + " does not end the tunnel");
        };
    }

    /** The endpoint on the other side. */
    public Endpoint far(Place place) {
        return place == Place.A ? b : a;
    }

    /** Whether B has no device of its own for this tunnel, so that the kind's fallback device takes it. */
    public boolean fallback() {
        return b.tunnel().device().equals(kind.fallbackDevice());
    }

    /** The places that this topology has. */
    public List<Place> places() {
        return java.util.stream.Stream.of(
                        Place.A,
                        Place.B,
                        router == null ? null : Place.ROUTER,
                        a.lan() == null ? null : Place.H,
                        b.lan() == null ? null : Place.J)
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
