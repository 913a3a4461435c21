package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.TWICE;
import static dev.culvert.harness.stimulus.HostileStimuli.tiny;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import java.util.List;

final class LinuxIpv6HostileInputDamage {

    private LinuxIpv6HostileInputDamage() {}

    @DamageOf(value = "SEC-TINY-IPV6", topology = "ip6tnl")
    static Evidence tinyPayloadCameOut(Evidence good) {
        Bytes tiny = Unwrapped.during(good, HOSTILE).carried(tiny(39));
        return Damage.add(good, HOSTILE, tunnel(good), LinkType.RAW, tiny);
    }

    @DamageOf(value = "SEC-TINY-IPV6", topology = "ip6tnl")
    static Evidence tinyPayloadCountedAsError(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link." + tunnel(good).device() + ".rx_errors", 3);
    }

    @DamageOf(value = "SEC-INNER-HEADER-LIE-IPV6", topology = "ip6tnl")
    static Evidence truncatedPacketNotNoticed(Evidence good) {
        return counter(good, "Ip6InTruncatedPkts", -1);
    }

    @DamageOf(value = "SEC-INNER-HEADER-LIE-IPV6", topology = "ip6gre")
    static Evidence packetOfAnotherVersionTaken(Evidence good) {
        return counter(good, "Icmp6InEchos", 1);
    }

    @DamageOf(value = "SEC-NESTED-RX-IPV6", topology = "ip6tnl")
    static Evidence packetWithinAPacketLeftInside(Evidence good) {
        Seen inside = packets(good, TWICE).get(0);
        return Damage.remove(
                good,
                HOSTILE,
                tunnel(good),
                seen -> seen.packet().index() == inside.packet().index());
    }

    @DamageOf(value = "LINUX-COUNTERS-RX-IPV6", topology = "ip6tnl")
    static Evidence lyingPacketsTakenBackFromTheCount(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link." + tunnel(good).device() + ".rx_packets", -3);
    }

    @DamageOf(value = "LINUX-COUNTERS-RX-IPV6", topology = "ip6gretap")
    static Evidence headersOfFramesCounted(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link." + tunnel(good).device() + ".rx_bytes", 14);
    }

    @DamageOf(value = "LINUX-SNMP6-DISCARDS", topology = "ip6tnl")
    static Evidence loopbackNoHeaderError(Evidence good) {
        return counter(good, "Ip6InHdrErrors", -1);
    }

    @DamageOf(value = "LINUX-SNMP6-DISCARDS", topology = "ip6gre")
    static Evidence sourceNoAddressError(Evidence good) {
        return counter(good, "Ip6InAddrErrors", -1);
    }

    @DamageOf(value = "LINUX-SNMP6-RECEIVED", topology = "ip6tnl")
    static Evidence innerPacketsNotReceived(Evidence good) {
        return counter(good, "Ip6InReceives", -1);
    }

    @DamageOf(value = "LINUX-SNMP6-RECEIVED", topology = "ip6gre")
    static Evidence shortPacketsNotDelivered(Evidence good) {
        return counter(good, "Ip6InDelivers", -3);
    }

    /** Where B's tunnel device gave out what a packet within the packet of a label carries. */
    private static List<Seen> packets(Evidence good, String label) {
        Unwrapped packets = Unwrapped.during(good, HOSTILE);
        return packets.out(packets.carriedWithin(label));
    }

    private static Evidence counter(Evidence good, String name, long by) {
        return Damage.counter(good, HOSTILE, Place.B, "snmp6." + name, by);
    }

    private static CapturePoint tunnel(Evidence good) {
        return new CapturePoint(Place.B, good.topology().b().tunnel().device());
    }
}
