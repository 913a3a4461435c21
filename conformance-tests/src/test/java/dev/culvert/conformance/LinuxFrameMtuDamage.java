package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.FrameStimuli.LARGEST;
import static dev.culvert.harness.stimulus.FrameStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.FrameStimuli.TOO_LONG;
import static dev.culvert.harness.stimulus.MtuStimuli.DEVICE_MTU;
import static dev.culvert.harness.stimulus.MtuStimuli.LATER_DEVICE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Sent;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.topologies.Place;
import java.util.List;

final class LinuxFrameMtuDamage {

    private LinuxFrameMtuDamage() {}

    @DamageOf(value = "LINUX-MTU-DEFAULT-L2", topology = "gretap")
    static Evidence innerHeaderNotTakenOff(Evidence good) {
        int mtu = good.topology().a().underlay().mtu() - 200 - 24;
        return Damage.answer(
                good,
                DEVICE_MTU,
                "links",
                0,
                said -> said.replaceFirst("(\"ifname\":\"" + LATER_DEVICE + "\"[^}]*?\"mtu\":)\\d+", "$1" + mtu));
    }

    @DamageOf(value = "LINUX-MTU-DEFAULT-L2", topology = "gretap-key")
    static Evidence largestFrameDoesNotFillTheUnderlay(Evidence good) {
        return new FrameDamage(good, LENGTHS, LARGEST).outer(Ipv4Header.TOTAL_LENGTH, 1486);
    }

    @DamageOf(value = "LINUX-MTU-DEFAULT-L2", topology = "gretap")
    static Evidence oneByteMoreTaken(Evidence good) {
        return good.withStimulus(LENGTHS, s -> {
            List<Sent> sent = s.sent().stream()
                    .map(one -> one.label().equals(TOO_LONG)
                            ? new Sent(one.label(), one.from(), one.device(), one.bytes(), one.atNanos(), null)
                            : one)
                    .toList();
            return new StimulusRecord(
                    s.id(),
                    s.purpose(),
                    s.options(),
                    s.fromNanos(),
                    s.untilNanos(),
                    sent,
                    s.before(),
                    s.after(),
                    s.answers());
        });
    }

    @DamageOf(value = "LINUX-MTU-VLAN", topology = "gretap")
    static Evidence droppedWithoutACount(Evidence good) {
        return Damage.counter(good, LENGTHS, Place.A, "snmp.Ip.FragFails", -1);
    }
}
