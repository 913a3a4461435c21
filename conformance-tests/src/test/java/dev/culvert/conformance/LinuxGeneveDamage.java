package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GeneveStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.GeneveStimuli.DOWN;
import static dev.culvert.harness.stimulus.GeneveStimuli.FRAMES;
import static dev.culvert.harness.stimulus.GeneveStimuli.HALF_A_HEADER;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE;
import static dev.culvert.harness.stimulus.GeneveStimuli.OWN_SOURCE;
import static dev.culvert.harness.stimulus.GeneveStimuli.SAME_AGAIN;
import static dev.culvert.harness.stimulus.GeneveStimuli.SECOND_PORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.SHORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.UP;
import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class LinuxGeneveDamage {

    private LinuxGeneveDamage() {}

    @DamageOf(value = "LINUX-GENEVE-DEMUX", topology = "geneve")
    static Evidence otherSourceTaken(Evidence good) {
        return new ComposedDamage(good, DATAGRAMS).answered(OTHER_SOURCE);
    }

    @DamageOf(value = "LINUX-GENEVE-DEMUX", topology = "geneve-vni-max")
    static Evidence otherSourceCounted(Evidence good) {
        return Damage.counter(good, DATAGRAMS, Place.B, "link.t1.rx_errors", 1);
    }

    @DamageOf(value = "LINUX-GENEVE-SOCKET", topology = "geneve")
    static Evidence openBeforeItIsUp(Evidence good) {
        return new ComposedDamage(good, SECOND_PORT).notRefused(DOWN);
    }

    @DamageOf(value = "LINUX-GENEVE-SOCKET", topology = "geneve-vni-max")
    static Evidence closedWhileItIsUp(Evidence good) {
        return new ComposedDamage(good, SECOND_PORT).refused(UP);
    }

    @DamageOf(value = "LINUX-GENEVE-BUSY", topology = "geneve")
    static Evidence sameDeviceTwice(Evidence good) {
        return new AnswerDamage(good, SECOND_PORT, SAME_AGAIN).succeeded();
    }

    @DamageOf(value = "LINUX-GENEVE-SMAC-LOOP", topology = "geneve")
    static Evidence ownSourceTaken(Evidence good) {
        return new ComposedDamage(good, FRAMES).answered(OWN_SOURCE);
    }

    @DamageOf(value = "LINUX-GENEVE-SMAC-LOOP", topology = "geneve-vni-max")
    static Evidence headerAloneNotCounted(Evidence good) {
        return Damage.counter(good, FRAMES, Place.B, "link.t1.rx_length_errors", -1);
    }

    @DamageOf(value = "LINUX-GENEVE-SHORT", topology = "geneve")
    static Evidence halfAHeaderRefused(Evidence good) {
        return new ComposedDamage(good, DATAGRAMS).refused(HALF_A_HEADER);
    }

    @DamageOf(value = "LINUX-GENEVE-SHORT", topology = "geneve-vni-max")
    static Evidence shortFrameRefused(Evidence good) {
        return new ComposedDamage(good, FRAMES).refused(SHORT);
    }

    @DamageOf(value = "LINUX-GENEVE-SHORT", topology = "geneve-vni-max")
    static Evidence shortFrameNotCounted(Evidence good) {
        return Damage.counter(good, FRAMES, Place.B, "link.t1.rx_dropped", -1);
    }

    @DamageOf(value = "LINUX-GENEVE-COUNTERS", topology = "geneve")
    static Evidence headerOfTheFrameCounted(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link.t1.rx_bytes", 14);
    }

    @DamageOf(value = "LINUX-GENEVE-COUNTERS", topology = "geneve-vni-max")
    static Evidence shortPacketNotCounted(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "link.t1.rx_length_errors", -1);
    }
}
