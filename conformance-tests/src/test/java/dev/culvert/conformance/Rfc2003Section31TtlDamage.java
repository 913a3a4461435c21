package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;
import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.FIXED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import java.util.Objects;

final class Rfc2003Section31TtlDamage {

    private Rfc2003Section31TtlDamage() {}

    @DamageOf("RFC2003-3.1-TTL-OUTER")
    static Evidence outerTtlNotTheConfiguredOne(Evidence good) {
        return leaving(good, FIXED, "ttl-9").outer(Ipv4Header.TTL, 9);
    }

    @DamageOf(value = "RFC2003-3.1-TTL-OUTER", topology = "ipip-routed")
    static Evidence fixedTtlDoesNotReachTheExit(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, FIXED);
        return new SentPacketDamage(good, FIXED, "ttl-1", packets.underlay(Place.B)).lost();
    }

    @DamageOf(value = "RFC2003-3.1-TTL-DECREMENT-FWD", topology = "ipip-routed")
    static Evidence innerTtlDecrementedTwice(Evidence good) {
        return leaving(good, FORWARDED, "ttl-64").inner(Ipv4Header.TTL, 62);
    }

    @DamageOf(value = "RFC2003-3.1-TTL-EXPIRE", topology = "ipip-routed")
    static Evidence sourceNotToldOfTheExpiry(Evidence good) {
        CapturePoint h = new CapturePoint(
                Place.H,
                Objects.requireNonNull(good.topology().a().lan()).host().device());
        return Damage.rewrite(
                good,
                FORWARDED,
                h,
                seen -> seen.dissect().icmp().filter(IcmpHeader::quotes).isPresent(),
                bytes -> bytes.with(34, 3)); // time exceeded becomes destination unreachable
    }

    @DamageOf("RFC2003-3.1-TTL0-ENCAP")
    static Evidence ttl0EncapsulatedTwice(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-0").twice();
    }

    @DamageOf("RFC2003-3.1-TTL0-ENCAP")
    static Evidence ttl0EncapsulatedWithAnotherTtl(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-0").outer(Ipv4Header.TTL, 64);
    }

    @DamageOf("RFC2003-3.1-TTL-DECAP")
    static Evidence innerTtlDecrementedAtTheExit(Evidence good) {
        return comingOut(good, DECAPSULATED, "ttl-9").inner(Ipv4Header.TTL, 8);
    }

    @DamageOf("RFC2003-3.1-TTL0-DECAP")
    static Evidence ttl0TakenTwice(Evidence good) {
        return Damage.counter(good, DECAPSULATED, Place.B, "snmp.Icmp.InEchos", 1);
    }

    @DamageOf(value = "RFC2003-3.1-TTL0-DECAP", topology = "ipip-routed")
    static Evidence ttl1ForwardedToJ(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, DECAPSULATED);
        CapturePoint j = new CapturePoint(
                Place.J,
                Objects.requireNonNull(good.topology().b().lan()).host().device());
        var carried = packets.of("ttl-1-to-j", packets.tunnel(Place.B)).get(0).packet();
        return Damage.add(good, DECAPSULATED, j, carried.linkType(), carried.bytes());
    }
}
