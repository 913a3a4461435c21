package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

final class Rfc2003Section51Damage {

    private Rfc2003Section51Damage() {}

    @DamageOf(value = "RFC2003-5.1-PMTUD", topology = "ipip-routed")
    static Evidence knownPathNotHeeded(Evidence good) {
        return new ForgedPacket(good, ROUTED).encapsulated("known-path");
    }

    @DamageOf(value = "RFC2003-5.1-MTU-VALUE", topology = "ipip-routed")
    static Evidence mtuOfThePathTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        Seen told = packets.errorsAbout("known-path", packets.host(Place.H)).get(0);
        IcmpHeader icmp = told.dissect().icmp().orElseThrow();
        return Damage.rewrite(
                good,
                ROUTED,
                told.at(),
                seen -> seen.packet().index() == told.packet().index(),
                bytes -> IcmpHeader.NEXT_HOP_MTU.write(bytes, icmp.offset(), icmp.nextHopMtu() + 20));
    }

    @DamageOf("RFC2003-5.1-SET-DF")
    static Evidence outerDfClear(Evidence good) {
        return leaving(good, FIXED, "no-df").outer(Ipv4Header.DF, 0);
    }

    @DamageOf(value = "RFC2003-5.1-NODF-TOOBIG", topology = "ipip-routed")
    static Evidence lossOfThePacketWithoutDfTold(Evidence good) {
        return new ForgedPacket(good, ROUTED).errorAbout("no-df");
    }

    @DamageOf(value = "RFC2003-5.1-NODF-TOOBIG", topology = "ipip-routed")
    static Evidence packetWithoutDfLostInSpiteOfForwardUsePmtu(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        Seen fragment = packets.fragmentsOf("no-df-forward-use-pmtu", packets.host(Place.J))
                .get(0);
        return Damage.remove(
                good,
                ROUTED,
                fragment.at(),
                seen -> seen.packet().index() == fragment.packet().index());
    }

    @DamageOf("RFC2003-5.1-NODF-OPTION")
    static Evidence outerDfSetInSpiteOfNopmtudisc(Evidence good) {
        return leaving(good, INHERITED, "no-df").outer(Ipv4Header.DF, 1);
    }
}
