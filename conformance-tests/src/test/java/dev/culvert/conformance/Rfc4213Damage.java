package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DeviceStimuli.ROUTES_UP;
import static dev.culvert.harness.stimulus.DeviceStimuli.TUNNEL_DOWN;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;
import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.FIXED_TTL;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;

/** Evidence of an IPv6 tunnel over IPv4 that does not keep to RFC 4213 sections 3.2, 3.3 and 3.5. */
final class Rfc4213Damage {

    private Rfc4213Damage() {}

    @DamageOf(value = "RFC4213-3.5-HEADER", topology = "sit")
    static Evidence protocolOfIpv4(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.PROTOCOL, 4);
    }

    @DamageOf(value = "RFC4213-3.5-HEADER", topology = "sit")
    static Evidence lengthWithoutTheOuterHeader(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-48").outer(Ipv4Header.TOTAL_LENGTH, 48);
    }

    @DamageOf(value = "RFC4213-3.5-TOS", topology = "sit")
    static Evidence trafficClassCopiedUnasked(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-b8").outer(Ipv4Header.TOS, 0xb8);
    }

    @DamageOf(value = "RFC4213-3.5-TTL", topology = "sit")
    static Evidence ttlNotTheConfiguredOne(Evidence good) {
        return leaving(good, FIXED, "ttl-9").outer(Ipv4Header.TTL, 9);
    }

    @DamageOf(value = "RFC4213-3.5-ID", topology = "sit")
    static Evidence identificationUsedTwice(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, AS_CONFIGURED);
        Seen first = packets.of("alike-1", packets.underlay(Place.A)).get(0);
        return leaving(good, AS_CONFIGURED, "alike-2")
                .outer(Ipv4Header.IDENTIFICATION, TunnelPackets.outer(first).identification());
    }

    @DamageOf(value = "RFC4213-3.2-MTU-RANGE", topology = "sit")
    static Evidence mtuOfTheUnderlay(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return good.withConfigured(Place.A, state -> {
            ArrayNode links = state.links().deepCopy();
            links.forEach(link -> {
                if (device.equals(link.path("ifname").asText())) {
                    ((ObjectNode) link).put("mtu", 1500);
                }
            });
            return new PlaceState(links, state.addresses(), state.routes());
        });
    }

    @DamageOf(value = "RFC4213-3.2.1-STATIC-DF", topology = "sit")
    static Evidence dfSetInSpiteOfNopmtudisc(Evidence good) {
        return leaving(good, INHERITED, "length-48").outer(Ipv4Header.DF, 1);
    }

    @DamageOf(value = "RFC4213-3.2.2-DYNAMIC-DF", topology = "sit")
    static Evidence dfClear(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-48").outer(Ipv4Header.DF, 0);
    }

    @DamageOf(value = "RFC4213-3.2.2-TOO-BIG", topology = "sit-routed")
    static Evidence mtuOfThePathTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        Seen told = packets.errorsAbout("known-path", packets.host(Place.H)).get(0);
        Icmpv6Header icmp = told.dissect().icmpv6().orElseThrow();
        return Damage.rewrite(
                good,
                ROUTED,
                told.at(),
                seen -> seen.packet().index() == told.packet().index(),
                bytes -> Icmpv6Header.MTU.write(bytes, icmp.offset(), icmp.mtu() + 20));
    }

    @DamageOf(value = "RFC4213-3.2.2-TOO-BIG", topology = "sit-routed")
    static Evidence fittingPacketLost(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        return new SentPacketDamage(good, ROUTED, "fitting", packets.host(Place.J)).lost();
    }

    @DamageOf(value = "RFC4213-3.2.2-LOW-PATH", topology = "sit-narrow")
    static Evidence dfSetOnANarrowPath(Evidence good) {
        return leaving(good, ROUTED, "fitting").outer(Ipv4Header.DF, 1);
    }

    @DamageOf(value = "RFC4213-3.3-HOPLIMIT", topology = "sit")
    static Evidence tunnelCountsAsTwoHops(Evidence good) {
        return comingOut(good, FORWARDED, "ttl-64").inner(Ipv6Header.HOP_LIMIT, 62);
    }

    @DamageOf(value = "RFC4213-3.3-EXPIRE", topology = "sit")
    static Evidence sourceNotToldOfTheExpiry(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, FORWARDED);
        CapturePoint h = packets.host(Place.H);
        Seen told = packets.errorsAbout("ttl-1", h).get(0);
        return Damage.remove(
                good,
                FORWARDED,
                h,
                seen -> seen.packet().index() == told.packet().index());
    }

    @DamageOf(value = "RFC4213-3.4-ERR-RELAY", topology = "sit")
    static Evidence sourceOfTheNextPacketNotTold(Evidence good) {
        OriginalSender sender = new OriginalSender(good, ERRORS);
        Seen told =
                sender.toldAbout(TunnelError.PROTOCOL_UNREACHABLE.request(1)).get(0);
        return Damage.remove(
                good,
                ERRORS,
                told.at(),
                seen -> seen.packet().index() == told.packet().index());
    }

    @DamageOf(value = "RFC4213-3.4-TIME-EXCEEDED", topology = "sit")
    static Evidence reassemblyToldToTheSource(Evidence good) {
        return new ForgedPacket(good, FIXED_TTL).errorAboutReplyTo(TunnelError.REASSEMBLY_TIME_EXCEEDED.request(1));
    }

    @DamageOf(value = "LINUX-ROUTE-STATE-V6", topology = "sit")
    static Evidence addressesStayed(Evidence good) {
        ArrayNode configured = good.configured(Place.A).routes().deepCopy();
        return new AnswerDamage(good, TUNNEL_DOWN, ROUTES_UP).list(routes -> {
            routes.removeAll();
            routes.addAll(configured);
        });
    }

    @DamageOf(value = "LINUX-SIT-UNROUTABLE", topology = "sit")
    static Evidence missingRouteNotCounted(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return Damage.counter(good, UNDERLAY_DOWN, Place.A, "link." + device + ".tx_carrier_errors", -1);
    }

    @DamageOf(value = "RFC4213-3.6-INNER-UNCHANGED", topology = "sit")
    static Evidence flowLabelLost(Evidence good) {
        return comingOut(good, AS_CONFIGURED, "flow-label").inner(Ipv6Header.FLOW_LABEL, 0);
    }

    @DamageOf(value = "RFC4213-3.6-SRC-CHECK", topology = "sit")
    static Evidence strangerCountedAsReceived(Evidence good) {
        String device = good.topology().b().tunnel().device();
        return Damage.counter(good, CANDIDATES, Place.B, "link." + device + ".rx_packets", 1);
    }
}
