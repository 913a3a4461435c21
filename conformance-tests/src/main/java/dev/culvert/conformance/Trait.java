package dev.culvert.conformance;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.function.Predicate;

/** What a topology must have for a requirement to say anything of it. */
public enum Trait {
    /** A host behind each server. */
    LAN("a LAN host behind each server", t -> t.a().lan() != null && t.b().lan() != null),
    /** Both servers on one link. */
    ONE_LINK("both servers on one link", t -> t.router() == null),
    /** A router between the servers. */
    ROUTER("a router between the servers", t -> t.router() != null),
    /** A router whose link to B cannot carry every packet that A's tunnel device takes, once it is encapsulated. */
    NARROW_PATH(
            "a router whose link to B carries less than A's tunnel device takes",
            t -> t.router() != null
                    && t.tunnelMtu(Place.A) + t.kind().overhead()
                            > t.router().towardsB().mtu()),
    /** Labels pushed on the traffic to the far LAN. */
    MPLS("MPLS labels on the traffic to the far LAN", t -> t.mpls() != null),
    /** No MPLS, the tunnel carries IP. */
    IP_PAYLOAD("IP packets inside the tunnel", t -> t.mpls() == null),
    /** A tunnel device with this remote on both servers. */
    MATCHING_DEVICE("a tunnel device of its own on both servers", t -> !t.fallback()),
    /** Server B receives on the kind's fallback device. */
    FALLBACK("the fallback device as the tunnel end of B", Topology::fallback);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // the predicates given above hold no state
    private final Predicate<Topology> holds;

    Trait(String words, Predicate<Topology> holds) {
        this.words = words;
        this.holds = holds;
    }

    /** What is needed, for people. */
    public String words() {
        return words;
    }

    /** Says whether a topology has it. */
    public boolean of(Topology topology) {
        return holds.test(topology);
    }
}
