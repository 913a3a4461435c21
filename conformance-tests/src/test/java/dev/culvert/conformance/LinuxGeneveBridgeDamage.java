package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.BridgeStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.BridgeStimuli.ONE_MORE;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;

final class LinuxGeneveBridgeDamage {

    private static final CapturePoint UNDERLAY = new CapturePoint(Place.A, "eth0");
    private static final CapturePoint J = new CapturePoint(Place.J, "eth0");

    private LinuxGeneveBridgeDamage() {}

    @DamageOf(value = "LINUX-GENEVE-BRIDGE-MTU", topology = "geneve-bridged")
    static Evidence tailLost(Evidence good) {
        return Damage.remove(
                good,
                LENGTHS,
                UNDERLAY,
                seen -> seen.dissect()
                        .outerIpv4()
                        .filter(outer -> outer.fragmentOffset() > 0)
                        .isPresent());
    }

    @DamageOf(value = "LINUX-GENEVE-BRIDGE-MTU", topology = "geneve-bridged")
    static Evidence longerFrameCutShort(Evidence good) {
        Bytes frame = FramePackets.during(good, LENGTHS).sent(ONE_MORE);
        return Damage.rewrite(
                good,
                LENGTHS,
                J,
                seen -> seen.packet().bytes().equals(frame),
                bytes -> bytes.slice(0, bytes.length() - 1));
    }

    @DamageOf(value = "LINUX-GENEVE-BRIDGE-MTU", topology = "geneve-bridged")
    static Evidence longestGivenToTheTunnelToo(Evidence good) {
        return Damage.counter(good, LENGTHS, Place.A, "link.t1.tx_packets", 1);
    }
}
