package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.FROM_MULTICAST;
import static dev.culvert.harness.stimulus.HostileStimuli.FROM_UNSPECIFIED;
import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.TO_J;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.topologies.Place;

final class Rfc4291Damage {

    private Rfc4291Damage() {}

    @DamageOf(value = "RFC4291-2.5.3-LOOPBACK", topology = "ip6tnl")
    static Evidence packetToLoopbackTaken(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "snmp6.Icmp6InEchos", 1);
    }

    @DamageOf(value = "RFC4291-2.7-SOURCE", topology = "ip6tnl")
    static Evidence multicastSourceTaken(Evidence good) {
        return Damage.counter(good, HOSTILE, Place.B, "snmp6.Icmp6InEchos", 1);
    }

    @DamageOf(value = "RFC4291-2.7-SOURCE", topology = "ip6gre")
    static Evidence multicastSourceNeverCameOut(Evidence good) {
        return SentPacketDamage.comingOut(good, HOSTILE, FROM_MULTICAST).lost();
    }

    @DamageOf(value = "RFC4291-2.5.2-UNSPECIFIED", topology = "ip6tnl")
    static Evidence unspecifiedForwarded(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, HOSTILE);
        CapturePoint j = packets.host(Place.J);
        Seen honest = packets.of(TO_J, j).get(0);
        Bytes frame = honest.packet().bytes().slice(0, EthernetHeader.LENGTH);
        Bytes inner = Unwrapped.during(good, HOSTILE).carried(FROM_UNSPECIFIED);
        return Damage.add(good, HOSTILE, j, honest.packet().linkType(), Bytes.join(frame, inner));
    }
}
