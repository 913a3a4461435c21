package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.FrameStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.FrameStimuli.BROADCAST;
import static dev.culvert.harness.stimulus.FrameStimuli.MULTICAST;
import static dev.culvert.harness.stimulus.FrameStimuli.NEIGHBOURS;
import static dev.culvert.harness.stimulus.FrameStimuli.RESOLUTION;
import static dev.culvert.harness.stimulus.FrameStimuli.SHORT;
import static dev.culvert.harness.stimulus.FrameStimuli.TAGGED_OTHER;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

final class LinuxFramesDamage {

    private LinuxFramesDamage() {}

    @DamageOf(value = "LINUX-GRETAP-FRAME", topology = "gretap")
    static Evidence shortFramePadded(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, SHORT).outer(Ipv4Header.TOTAL_LENGTH, 20 + 4 + 60);
    }

    @DamageOf(value = "LINUX-GRETAP-FRAME", topology = "gretap-key")
    static Evidence tagTakenOffAtTheExit(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, TAGGED_OTHER).comingOut(bytes -> bytes.with(12, 0x88, 0xb5));
    }

    @DamageOf(value = "LINUX-L2-BCAST", topology = "gretap")
    static Evidence multicastSentToAGroup(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, MULTICAST).outer(Ipv4Header.DESTINATION, 0xe0000001L); // 224.0.0.1
    }

    @DamageOf(value = "LINUX-L2-BCAST", topology = "gretap-key")
    static Evidence broadcastNotSent(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, BROADCAST).lost();
    }

    @DamageOf(value = "LINUX-L2-BCAST", topology = "gretap")
    static Evidence requestNotBroadcast(Evidence good) {
        return Damage.rewrite(
                good,
                RESOLUTION,
                new TunnelPackets(good, RESOLUTION).underlay(Place.A),
                seen -> FramePackets.frame(seen)
                        .filter(frame -> EthernetHeader.DESTINATION.of(frame) == 0xffff_ffff_ffffL)
                        .isPresent(),
                // behind the Ethernet, outer and GRE headers: 02:00:00:00:00:4b
                bytes -> bytes.with(14 + 20 + 4, 2, 0, 0, 0, 0, 0x4b));
    }

    @DamageOf(value = "LINUX-L2-BCAST", topology = "gretap")
    static Evidence nothingLearned(Evidence good) {
        return Damage.answer(good, RESOLUTION, NEIGHBOURS, 0, said -> "[]");
    }

    @DamageOf(value = "LINUX-L2-ND", topology = "ip6gretap-ipv6")
    static Evidence advertisementLost(Evidence good) {
        FramePackets packets = FramePackets.during(good, RESOLUTION);
        Seen answer = packets.neighborDiscovery(
                        Icmpv6Header.NEIGHBOR_ADVERTISEMENT,
                        good.topology().b().tunnel().address())
                .get(0);
        return Damage.remove(
                good,
                RESOLUTION,
                answer.at(),
                seen -> seen.packet().index() == answer.packet().index());
    }
}
