package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.harness.stimulus.DecapsulationStimuli.DECAPSULATED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;

final class Rfc6040Section42Damage {

    private Rfc6040Section42Damage() {}

    @DamageOf("RFC6040-4.2-NOTECT-NOTECT")
    static Evidence ecnInvented(Evidence good) {
        return comingOut(good, DECAPSULATED, "ecn-0-in-0").inner(Ipv4Header.ECN, 2);
    }

    @DamageOf("RFC6040-4.2-NOTECT-ECT")
    static Evidence notEctInEctDropped(Evidence good) {
        return comingOut(good, DECAPSULATED, "ecn-0-in-2").lost();
    }

    @DamageOf("RFC6040-4.2-NOTECT-CE")
    static Evidence notEctInCeComesOut(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, DECAPSULATED);
        var outer = packets.window().sent("ecn-0-in-3").bytes();
        return Damage.add(good, DECAPSULATED, packets.tunnel(Place.B), LinkType.RAW, outer.from(20));
    }

    @DamageOf("RFC6040-4.2-NOTECT-CE")
    static Evidence notEctInCeNotCounted(Evidence good) {
        String device = good.topology().b().tunnel().device();
        return Damage.counter(good, DECAPSULATED, Place.B, "link." + device + ".rx_frame_errors", -1);
    }

    @DamageOf("RFC6040-4.2-ECT0")
    static Evidence congestionForgotten(Evidence good) {
        return comingOut(good, DECAPSULATED, "ecn-2-in-3").inner(Ipv4Header.ECN, 2);
    }

    @DamageOf("RFC6040-4.2-ECT0")
    static Evidence checksumNotMadeRightAfterTheRewrite(Evidence good) {
        int offsetOnARawDevice = 0;
        return comingOut(good, DECAPSULATED, "ecn-2-in-1").only(Ipv4Header.HEADER_CHECKSUM, offsetOnARawDevice, 0);
    }

    @DamageOf("RFC6040-4.2-ECT1")
    static Evidence ect1BecomesEct0(Evidence good) {
        return comingOut(good, DECAPSULATED, "ecn-1-in-2").inner(Ipv4Header.ECN, 2);
    }

    @DamageOf("RFC6040-4.2-CE")
    static Evidence innerCeCleared(Evidence good) {
        return comingOut(good, DECAPSULATED, "ecn-3-in-0").inner(Ipv4Header.ECN, 0);
    }
}
