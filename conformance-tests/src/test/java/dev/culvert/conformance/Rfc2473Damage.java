package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.DeviceStimuli.UNDERLAY_DOWN;
import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.ERRORS;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMITS;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMIT_0;
import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.LIMIT_3;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.Ipv6TunnelError;
import dev.culvert.topologies.Place;

/** Evidence of a tunnel over IPv6 that does not keep to RFC 2473. */
final class Rfc2473Damage {

    /** Ethernet header, outer header, and what stands before the limit in the options header. */
    private static final int LIMIT = 14 + 40 + 4;

    private Rfc2473Damage() {}

    @DamageOf(value = "RFC2473-3-HEADER", topology = "ip6tnl")
    static Evidence lengthWithoutTheOptionsHeader(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv6Header.PAYLOAD_LENGTH, 84);
    }

    @DamageOf(value = "RFC2473-3-NH", topology = "ip6tnl-ip6ip6")
    static Evidence nextHeaderOfIpv4(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv6Header.NEXT_HEADER, 4);
    }

    @DamageOf(value = "RFC2473-6.3-HOPLIMIT", topology = "ip6tnl")
    static Evidence hopLimitNotTheConfiguredOne(Evidence good) {
        return leaving(good, FIXED, "ttl-9").outer(Ipv6Header.HOP_LIMIT, 9);
    }

    @DamageOf(value = "RFC2473-6.4-TCLASS", topology = "ip6tnl")
    static Evidence trafficClassNotCopied(Evidence good) {
        return leaving(good, INHERITED, "tos-b8").outer(Ipv6Header.TRAFFIC_CLASS, 0);
    }

    @DamageOf(value = "RFC2473-6.5-FLOWLABEL", topology = "ip6tnl")
    static Evidence flowLabelNotCopied(Evidence good) {
        return leaving(good, INHERITED, "flow-label").outer(Ipv6Header.FLOW_LABEL, 0);
    }

    @DamageOf(value = "LINUX-IP6TNL-FLOWLABEL", topology = "ip6tnl")
    static Evidence flowLabelOfOnePacketIsAnother(Evidence good) {
        return leaving(good, FIXED, "alike-3").outer(Ipv6Header.FLOW_LABEL, 1);
    }

    @DamageOf(value = "RFC2473-3.3-INNER-UNCHANGED", topology = "ip6tnl")
    static Evidence innerHopLimitChanged(Evidence good) {
        return comingOut(good, AS_CONFIGURED, "length-84").inner(Ipv6Header.HOP_LIMIT, 63);
    }

    @DamageOf(value = "RFC2473-4.1.1-OPT-FORMAT", topology = "ip6tnl")
    static Evidence anotherLimit(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(LIMIT, 5));
    }

    @DamageOf(value = "RFC2473-4.1.1-DECREMENT", topology = "ip6tnl")
    static Evidence limitOfTheDevice(Evidence good) {
        return leaving(good, LIMITS, LIMIT_3).change(bytes -> bytes.with(LIMIT, 4));
    }

    @DamageOf(value = "RFC2473-4.1.1-ZERO", topology = "ip6tnl")
    static Evidence sourceNotToldOfTheLimit(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, LIMITS);
        return without(
                good,
                LIMITS,
                packets.errorsAbout(LIMIT_0, packets.host(Place.H)).get(0));
    }

    @DamageOf(value = "RFC2473-7.1-PTB", topology = "ip6tnl-routed")
    static Evidence mtuOfThePathTold(Evidence good) {
        Seen told = told(good, "known-path");
        Icmpv6Header icmp = told.dissect().icmpv6().orElseThrow();
        return Damage.rewrite(
                good,
                ROUTED,
                told.at(),
                seen -> is(seen, told),
                bytes -> Icmpv6Header.MTU.write(bytes, icmp.offset(), icmp.mtu() + 48));
    }

    @DamageOf(value = "RFC2473-7.1-SMALL-FRAG", topology = "ip6tnl-narrow")
    static Evidence fittingPacketLost(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        return new SentPacketDamage(good, ROUTED, "fitting", packets.host(Place.J)).lost();
    }

    @DamageOf(value = "RFC2473-7.2-V4-DF1", topology = "ip6tnl-ipip6")
    static Evidence firstLossNotTold(Evidence good) {
        return without(good, ROUTED, told(good, "unknown-path"));
    }

    @DamageOf(value = "RFC2473-7.2-V4-DF0", topology = "ip6tnl-ipip6")
    static Evidence anotherMtuTold(Evidence good) {
        Seen told = told(good, "no-df");
        IcmpHeader icmp = told.dissect().icmp().orElseThrow();
        return Damage.rewrite(
                good,
                ROUTED,
                told.at(),
                seen -> is(seen, told),
                bytes -> IcmpHeader.NEXT_HOP_MTU.write(bytes, icmp.offset(), 1400));
    }

    @DamageOf(value = "RFC2473-8-ERR-RELAY", topology = "ip6tnl")
    static Evidence unreachableNotTold(Evidence good) {
        return withoutWord(good, Ipv6TunnelError.NO_ROUTE);
    }

    @DamageOf(value = "RFC2473-8-ERR-RELAY", topology = "ip6tnl-ipip6")
    static Evidence tooBigNotTold(Evidence good) {
        return withoutWord(good, Ipv6TunnelError.PACKET_TOO_BIG);
    }

    @DamageOf(value = "LINUX-IP6TNL-CTL", topology = "ip6tnl")
    static Evidence missingAddressNotCounted(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return Damage.counter(good, UNDERLAY_DOWN, Place.A, "link." + device + ".tx_dropped", -1);
    }

    @DamageOf(value = "LINUX-IP6TNL-CONFLICT", topology = "ip6tnl")
    static Evidence exitAsSourceNotCounted(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return Damage.counter(good, FORWARDED, Place.A, "link." + device + ".tx_errors", -1);
    }

    private static Seen told(Evidence good, String label) {
        TunnelPackets packets = new TunnelPackets(good, ROUTED);
        return packets.errorsAbout(label, packets.host(Place.H)).get(0);
    }

    /** As if H had not been told of an error. */
    private static Evidence withoutWord(Evidence good, Ipv6TunnelError error) {
        TunnelPackets packets = new TunnelPackets(good, ERRORS);
        Echo inner = packets.window()
                .dissectSent(error.label())
                .quoted()
                .flatMap(Echo::in)
                .orElseThrow();
        CapturePoint h = packets.host(Place.H);
        return Damage.remove(
                good,
                ERRORS,
                h,
                seen -> seen.dissect()
                        .quoted()
                        .flatMap(Echo::in)
                        .filter(inner::equals)
                        .isPresent());
    }

    private static Evidence without(Evidence good, String stimulus, Seen seen) {
        return Damage.remove(good, stimulus, seen.at(), s -> is(s, seen));
    }

    private static boolean is(Seen seen, Seen other) {
        return seen.packet().index() == other.packet().index();
    }
}
