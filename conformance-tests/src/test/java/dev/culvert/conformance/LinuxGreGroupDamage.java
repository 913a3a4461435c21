package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.GreGroupStimuli.CLOSED_PORT;
import static dev.culvert.harness.stimulus.GreGroupStimuli.GROUPS_DOWN;
import static dev.culvert.harness.stimulus.GreGroupStimuli.GROUPS_UP_AGAIN;
import static dev.culvert.harness.stimulus.GreGroupStimuli.MEMBERSHIP;
import static dev.culvert.harness.stimulus.GreGroupStimuli.TRAFFIC;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;

/** Evidence of a GRE device whose remote is a group, and that does not do as it should. */
final class LinuxGreGroupDamage {

    private LinuxGreGroupDamage() {}

    @DamageOf(value = "RFC1112-6.4-GROUP-FRAME", topology = "gre-group")
    static Evidence sentToBAlone(Evidence good) {
        // 198.51.100.2
        return leaving(good, AS_CONFIGURED, "length-84").outer(Ipv4Header.DESTINATION, 0xc633_6402L);
    }

    @DamageOf(value = "RFC1112-6.4-GROUP-FRAME", topology = "gre-group")
    static Evidence frameOfAnotherGroup(Evidence good) {
        return leaving(good, AS_CONFIGURED, "df").change(bytes -> bytes.with(5, 2));
    }

    @DamageOf(value = "LINUX-GRE-GROUP-JOIN", topology = "gre-group")
    static Evidence groupNotLeft(Evidence good) {
        String up = good.during(MEMBERSHIP).answer(GROUPS_UP_AGAIN).stdout();
        return Damage.answer(good, MEMBERSHIP, GROUPS_DOWN, 0, said -> up);
    }

    @DamageOf(value = "LINUX-GRE-GROUP-RX", topology = "gre-group")
    static Evidence oneMoreCountedAsMulticast(Evidence good) {
        return Damage.counter(good, TRAFFIC, Place.B, "link.t1.multicast", 1);
    }

    @DamageOf(value = "LINUX-GRE-GROUP-HOST", topology = "gre-group")
    static Evidence nobodyTold(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, TRAFFIC);
        long index = packets.errorsAbout(CLOSED_PORT, packets.tunnel(Place.A))
                .get(0)
                .packet()
                .index();
        return Damage.remove(
                good, TRAFFIC, packets.tunnel(Place.A), seen -> seen.packet().index() == index);
    }
}
