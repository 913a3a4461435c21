package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.TWICE;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;

final class LinuxHostileInputDamage {

    private LinuxHostileInputDamage() {}

    @DamageOf("SEC-TINY")
    static Evidence tinyPayloadCameOut(Evidence good) {
        Bytes tiny = Bytes.of((byte) 0x45);
        return Damage.add(good, HOSTILE, tunnel(good), new LinkType(101), tiny);
    }

    @DamageOf("SEC-TINY")
    static Evidence tinyPayloadCountedAsError(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link." + tunnel(good).device() + ".rx_errors", 3);
    }

    @DamageOf("SEC-INNER-HEADER-LIE")
    static Evidence truncatedPacketNotNoticed(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "netstat.IpExt.InTruncatedPkts", -1);
    }

    @DamageOf("SEC-NESTED-RX")
    static Evidence packetWithinAPacketLeftInside(Evidence good) {
        Bytes inside = Unwrapped.during(good, HOSTILE).carried(TWICE).from(20);
        return Damage.remove(
                good, HOSTILE, tunnel(good), seen -> seen.packet().bytes().equals(inside));
    }

    @DamageOf("LINUX-COUNTERS-RX")
    static Evidence lyingPacketsTakenBackFromTheCount(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link." + tunnel(good).device() + ".rx_packets", -3);
    }

    @DamageOf(value = "SEC-INNER-HEADER-LIE", topology = "ip6gre-ipv4")
    static Evidence truncatedPacketNotNoticedOverIpv6(Evidence good) {
        return truncatedPacketNotNoticed(good);
    }

    @DamageOf(value = "LINUX-GENEVE-COUNTERS", topology = "geneve-ipv6")
    static Evidence lyingPacketsTakenBackFromTheCountOverIpv6(Evidence good) {
        return lyingPacketsTakenBackFromTheCount(good);
    }

    private static CapturePoint tunnel(Evidence good) {
        return new CapturePoint(Place.B, good.topology().b().tunnel().device());
    }
}
