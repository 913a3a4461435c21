package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Erspan2Header;
import dev.culvert.harness.packet.Erspan3Header;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Optional;

/** The ERSPAN packets of a stimulus on A's underlay, and their headers. */
record ErspanPackets(FramePackets frames, TunnelPackets packets) {

    static ErspanPackets during(Evidence evidence, String stimulus) {
        return new ErspanPackets(FramePackets.during(evidence, stimulus), new TunnelPackets(evidence, stimulus));
    }

    /** Everything that A sent into the tunnel, in order. */
    List<Seen> leaving() {
        return packets.leaving(Place.A);
    }

    /** Judges that the frame of a label left A once, and gives the packet that it left in. */
    Optional<Seen> once(Judge judge, String label) {
        return frames.once(judge, label);
    }

    static GreHeader gre(Seen seen) {
        return seen.dissect().gre().orElseThrow(() -> lacking(seen, "GRE"));
    }

    static ErspanHeader header(Seen seen) {
        return seen.dissect().first(ErspanHeader.class).orElseThrow(() -> lacking(seen, "ERSPAN"));
    }

    static Erspan2Header typeII(Seen seen) {
        return seen.dissect().first(Erspan2Header.class).orElseThrow(() -> lacking(seen, "ERSPAN type II"));
    }

    static Erspan3Header typeIII(Seen seen) {
        return seen.dissect().first(Erspan3Header.class).orElseThrow(() -> lacking(seen, "ERSPAN type III"));
    }

    private static NotObserved lacking(Seen seen, String what) {
        return new NotObserved("packet " + seen.packet().index() + " of " + seen.at() + " has no " + what + " header");
    }
}
