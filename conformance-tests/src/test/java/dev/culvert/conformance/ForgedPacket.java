package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetFrame;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Icmpv6Message;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.TunnelEnd;
import java.util.Objects;

/** Packets that A never sent, added to a window. */
record ForgedPacket(Evidence good, String stimulus) {

    private static final int IP_HEADER = 20;

    /** An ICMP error of A's comes to H about the packet that was sent under a label. */
    Evidence errorAbout(String label) {
        return errorQuoting(sent(label));
    }

    /** An ICMP error of A's comes to H about its reply to a request. */
    Evidence errorAboutReplyTo(String request) {
        Seen reply = new OriginalSender(good, stimulus).replied(request).get(0);
        return errorQuoting(TunnelPackets.outerIp(reply).withPayload());
    }

    /** An ICMP error that came to A from within the tunnel goes on to H, about the inner packet that it quotes. */
    Evidence relayed(String error) {
        return errorQuoting(sent(error).from(IP_HEADER + 8 + IP_HEADER));
    }

    /** An ICMP message of A's comes to H. */
    Evidence toH(IcmpMessage message) {
        Lan lan = Objects.requireNonNull(good.topology().a().lan());
        return add(
                new CapturePoint(Place.H, lan.host().device()),
                lan.server(),
                lan.host(),
                Ipv4Packet.between(
                                lan.server().address().ipv4(),
                                lan.host().address().ipv4())
                        .payload(message));
    }

    /** The packet that was sent under a label enters the tunnel. */
    Evidence encapsulated(String label) {
        TunnelEnd entry = good.topology().a().tunnel();
        Port underlay = good.topology().a().underlay();
        return add(
                new CapturePoint(Place.A, underlay.device()),
                underlay,
                underlay,
                Ipv4Packet.between(Ipv4.of(entry.local()), Ipv4.of(entry.remote()))
                        .payload(IpPayload.of(4, sent(label))));
    }

    private Evidence errorQuoting(Bytes packet) {
        if (good.topology().innerFamily() == Family.IPV6) {
            return errorOverIpv6(Icmpv6Message.unreachable(3, packet));
        }
        return toH(IcmpMessage.unreachable(1, packet));
    }

    private Evidence errorOverIpv6(Icmpv6Message message) {
        Lan lan = Objects.requireNonNull(good.topology().a().lan());
        Ipv6Packet packet = Ipv6Packet.between(
                        Ipv6.of(lan.server().address().address()),
                        Ipv6.of(lan.host().address().address()))
                .payload(message);
        Bytes frame = EthernetFrame.ipv6(lan.server().mac(), lan.host().mac(), packet.bytes())
                .bytes();
        return Damage.add(good, stimulus, new CapturePoint(Place.H, lan.host().device()), LinkType.ETHERNET, frame);
    }

    private Bytes sent(String label) {
        return good.during(stimulus).sent(label).bytes();
    }

    private Evidence add(CapturePoint at, Port from, Port to, Ipv4Packet packet) {
        Bytes frame = EthernetFrame.ipv4(from.mac(), to.mac(), packet.bytes()).bytes();
        return Damage.add(good, stimulus, at, LinkType.ETHERNET, frame);
    }
}
