package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.HeaderStimuli.INHERITED;
import static dev.culvert.harness.stimulus.UdpStimuli.SEVERAL_FLOWS;
import static dev.culvert.harness.stimulus.UdpStimuli.flow;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;

final class LinuxGeneveHeaderDamage {

    private LinuxGeneveHeaderDamage() {}

    @DamageOf(value = "LINUX-GENEVE-DF", topology = "geneve")
    static Evidence inheritedWithoutBeingAsked(Evidence good) {
        return leaving(good, AS_CONFIGURED, "df").outer(Ipv4Header.DF, 1);
    }

    @DamageOf(value = "LINUX-GENEVE-DF", topology = "geneve-vni-max")
    static Evidence notInherited(Evidence good) {
        return leaving(good, INHERITED, "df").outer(Ipv4Header.DF, 0);
    }

    @DamageOf(value = "LINUX-GENEVE6-LABEL", topology = "geneve-ipv6")
    static Evidence labelOfTheFlow(Evidence good) {
        return leaving(good, SEVERAL_FLOWS, flow(3, 1)).outer(Ipv6Header.FLOW_LABEL, 0xbeef5);
    }

    @DamageOf(value = "LINUX-GENEVE6-LABEL", topology = "geneve-ipv6-zero-csum")
    static Evidence labelForgotten(Evidence good) {
        return leaving(good, SEVERAL_FLOWS, flow(3, 1)).outer(Ipv6Header.FLOW_LABEL, 0);
    }

    @DamageOf(value = "LINUX-GENEVE-TTL", topology = "geneve")
    static Evidence innerTtlTaken(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-9").outer(Ipv4Header.TTL, 9);
    }

    @DamageOf(value = "LINUX-GENEVE-TTL", topology = "geneve-vni-max")
    static Evidence ttlOfTheRoute(Evidence good) {
        return leaving(good, AS_CONFIGURED, "ttl-9").outer(Ipv4Header.TTL, 64);
    }
}
