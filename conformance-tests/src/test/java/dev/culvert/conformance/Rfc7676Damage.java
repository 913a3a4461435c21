package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Place;

/** Evidence of IPv6 within GRE that does not keep to RFC 7676. */
final class Rfc7676Damage {

    /** Behind Ethernet and IPv4. */
    private static final int GRE = 14 + 20;

    private Rfc7676Damage() {}

    @DamageOf(value = "RFC7676-3.1-PROTO", topology = "gre-ipv6")
    static Evidence protocolTypeOfIpv4(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-bb")
                .change(bytes -> GreHeader.PROTOCOL_TYPE.write(bytes, GRE, 0x0800));
    }

    @DamageOf(value = "RFC7676-3.3-PTB", topology = "gre-ipv6-routed")
    static Evidence mtuOfThePathTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        Seen told = packets.errorsAbout("known-path", packets.host(Place.H)).get(0);
        Icmpv6Header icmp = told.dissect().icmpv6().orElseThrow();
        return Damage.rewrite(
                good,
                ROUTED,
                told.at(),
                seen -> seen.packet().index() == told.packet().index(),
                bytes -> Icmpv6Header.MTU.write(bytes, icmp.offset(), icmp.mtu() + 24));
    }

    @DamageOf(value = "RFC7676-3.3-PTB", topology = "gre-ipv6-routed")
    static Evidence fittingOneLost(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        return new SentPacketDamage(good, ROUTED, "fitting", packets.host(Place.J)).lost();
    }
}
