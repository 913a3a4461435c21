package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.MulticastStimuli.ALL_HOSTS;
import static dev.culvert.harness.stimulus.MulticastStimuli.IPV6;
import static dev.culvert.harness.stimulus.MulticastStimuli.MEMBERSHIP;
import static dev.culvert.harness.stimulus.MulticastStimuli.MEMBERSHIP_TTL;
import static dev.culvert.harness.stimulus.MulticastStimuli.MULTICAST;
import static dev.culvert.harness.stimulus.MulticastStimuli.SUBNET_BROADCAST;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IgmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

final class LinuxMulticastDamage {

    private LinuxMulticastDamage() {}

    @DamageOf("LINUX-MCAST-FLAGS")
    static Evidence deviceSaysMulticast(Evidence good) {
        return withFlag(good, "MULTICAST");
    }

    private static Evidence withFlag(Evidence good, String flag) {
        String device = good.topology().a().tunnel().device();
        return good.withConfigured(Place.A, state -> {
            JsonNode links = state.links().deepCopy();
            state.withLinks(links).link(device).<ArrayNode>withArray("/flags").add(flag);
            return state.withLinks(links);
        });
    }

    @DamageOf(value = "LINUX-MCAST-FLAGS", topology = "gretap")
    static Evidence deviceOfFramesSaysNoarp(Evidence good) {
        return withFlag(good, "NOARP");
    }

    @DamageOf("LINUX-MCAST-P2P-TX")
    static Evidence multicastSentToTheGroup(Evidence good) {
        return leaving(good, MULTICAST, ALL_HOSTS).outer(Ipv4Header.DESTINATION, 0xe0000001L); // 224.0.0.1
    }

    @DamageOf("LINUX-MCAST-P2P-TX")
    static Evidence subnetBroadcastNotSent(Evidence good) {
        return leaving(good, MULTICAST, SUBNET_BROADCAST).lost();
    }

    @DamageOf("LINUX-MCAST-V6")
    static Evidence ipv6CountedAsSent(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return Damage.counter(good, IPV6, Place.A, "link." + device + ".tx_errors", -1);
    }

    @DamageOf("LINUX-IGMP-MLD")
    static Evidence reportsNotSent(Evidence good) {
        return Damage.remove(
                good, MEMBERSHIP, new TunnelPackets(good, MEMBERSHIP).underlay(Place.A), LinuxMulticastDamage::reports);
    }

    @DamageOf(value = "LINUX-IGMP-MLD", topology = "ipip-routed")
    static Evidence reportsWithALastingTtlDidNotCrossTheRouter(Evidence good) {
        return Damage.remove(
                good,
                MEMBERSHIP_TTL,
                new TunnelPackets(good, MEMBERSHIP_TTL).tunnel(Place.B),
                LinuxMulticastDamage::reports);
    }

    private static boolean reports(Seen seen) {
        return seen.dissect().first(IgmpHeader.class).isPresent();
    }
}
