package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.topologies.Place;

final class Rfc2003Section6Damage {

    private Rfc2003Section6Damage() {}

    @DamageOf("RFC2003-6-ADMIT")
    static Evidence strangerCountedAsReceived(Evidence good) {
        String device = good.topology().b().tunnel().device();
        return Damage.counter(good, CANDIDATES, Place.B, "link." + device + ".rx_packets", 1);
    }

    @DamageOf("RFC2003-6-ADMIT")
    static Evidence strangerRefusedWithAnotherCode(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, CANDIDATES);
        var error = packets.errorsAbout(UNMATCHED, packets.underlay(Place.A)).get(0);
        var icmp = error.dissect().icmp().orElseThrow();
        return Damage.rewrite(
                good,
                CANDIDATES,
                error.at(),
                seen -> seen.packet().index() == error.packet().index(),
                bytes -> IcmpHeader.CODE.write(bytes, icmp.offset(), 2));
    }
}
