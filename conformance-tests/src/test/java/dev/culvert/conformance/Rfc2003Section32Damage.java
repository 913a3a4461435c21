package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.ForwardingStimuli.FORWARDED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.TunnelEnd;

final class Rfc2003Section32Damage {

    private Rfc2003Section32Damage() {}

    @DamageOf(value = "RFC2003-3.2-SRC-IS-OWN", topology = "ipip-routed")
    static Evidence ownSourceTunnelled(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, FORWARDED);
        TunnelEnd tunnel = good.topology().a().tunnel();
        Ipv4Packet outer = Ipv4Packet.between(Ipv4.of(tunnel.local()), Ipv4.of(tunnel.remote()))
                .payload(IpPayload.of(4, packets.window().sent("source-is-own").bytes()));
        return Damage.add(good, FORWARDED, packets.underlay(Place.A), LinkType.IPV4, outer.bytes());
    }

    @DamageOf(value = "RFC2003-3.2-SRC-IS-OWN", topology = "ipip-routed")
    static Evidence ownSourceRefusedByTheDeviceOnly(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return Damage.counter(good, FORWARDED, Place.A, "link." + device + ".tx_errors", 1);
    }

    @DamageOf(value = "RFC2003-3.2-SRC-IS-EXIT", topology = "ipip-routed")
    static Evidence exitAsSourceTunnelledTwice(Evidence good) {
        return leaving(good, FORWARDED, "source-is-exit").twice();
    }
}
