package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.OuterFragmentStimuli.OUTER_FRAGMENTS;
import static dev.culvert.harness.stimulus.PathMtuStimuli.LOCKED;
import static dev.culvert.harness.stimulus.PathMtuStimuli.ROUTED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

final class LinuxPathMtuDamage {

    private LinuxPathMtuDamage() {}

    @DamageOf("LINUX-PMTU-LOCK")
    static Evidence pathMtuNotLocked(Evidence good) {
        return Damage.answer(good, LOCKED, "route-to-exit", 0, said -> said.replace("mtu lock", "mtu"));
    }

    @DamageOf("LINUX-PMTU-LOCK")
    static Evidence outerFragmentHasDf(Evidence good) {
        CapturePoint underlay = new TunnelPackets(good, LOCKED).underlay(Place.A);
        return Damage.rewrite(
                good,
                LOCKED,
                underlay,
                seen -> seen.dissect()
                        .outerIpv4()
                        .filter(ip -> ip.protocolNumber() == 4 && ip.moreFragments())
                        .isPresent(),
                bytes -> Ipv4Header.DF.write(bytes, 14, 1)); // behind the Ethernet header
    }

    @DamageOf(value = "LINUX-PMTU-INNER", topology = "ipip-routed")
    static Evidence innerRouteLearnsNothing(Evidence good) {
        return Damage.answer(good, ROUTED, "route-to-j", 0, said -> said.replaceAll("expires.*", ""));
    }

    @DamageOf("LINUX-FRAG-OUTER-RX")
    static Evidence reversedFragmentsNotReassembled(Evidence good) {
        return Damage.counter(good, OUTER_FRAGMENTS, Place.B, "snmp.Ip.ReasmOKs", -1);
    }

    @DamageOf(value = "LINUX-FRAG-OUTER-RX", topology = "geneve-ipv6")
    static Evidence overlappingFragmentsOverIpv6NotNoticed(Evidence good) {
        return Damage.counter(good, OUTER_FRAGMENTS, Place.B, "snmp6.Ip6ReasmFails", -1);
    }
}
