package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.BridgeStimuli.BROADCAST;
import static dev.culvert.harness.stimulus.BridgeStimuli.FRAMES;
import static dev.culvert.harness.stimulus.BridgeStimuli.IPV4;
import static dev.culvert.harness.stimulus.BridgeStimuli.LENGTHS;
import static dev.culvert.harness.stimulus.BridgeStimuli.NEIGHBOURS;
import static dev.culvert.harness.stimulus.BridgeStimuli.RESOLUTION;
import static dev.culvert.harness.stimulus.BridgeStimuli.SHORT;
import static dev.culvert.harness.stimulus.BridgeStimuli.TAGGED;
import static dev.culvert.harness.stimulus.BridgeStimuli.TAGGED_IPV4;
import static dev.culvert.harness.stimulus.BridgeStimuli.TO_NOBODY;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;

final class LinuxBridgeDamage {

    private static final CapturePoint H = new CapturePoint(Place.H, "eth0");
    private static final CapturePoint J = new CapturePoint(Place.J, "eth0");

    private LinuxBridgeDamage() {}

    @DamageOf(value = "LINUX-BRIDGE-FRAME", topology = "gretap-bridged")
    static Evidence shortFramePaddedAtTheEnd(Evidence good) {
        return atJ(good, SHORT, Bytes.join(FramePackets.during(good, FRAMES).sent(SHORT), Bytes.of(new byte[45])));
    }

    @DamageOf(value = "LINUX-BRIDGE-FRAME", topology = "gretap-bridged")
    static Evidence priorityOfTheTagLost(Evidence good) {
        // tag control of VLAN 123, priority 0
        return atJ(good, TAGGED, FramePackets.during(good, FRAMES).sent(TAGGED).with(14, 0x00));
    }

    @DamageOf(value = "LINUX-BRIDGE-FLOOD", topology = "gretap-bridged")
    static Evidence unknownUnicastNotFlooded(Evidence good) {
        return new FrameDamage(good, FRAMES, TO_NOBODY).lost();
    }

    @DamageOf(value = "LINUX-BRIDGE-FLOOD", topology = "gretap-bridged")
    static Evidence broadcastSentToTheBroadcastAddress(Evidence good) {
        return new FrameDamage(good, FRAMES, BROADCAST).outer(Ipv4Header.DESTINATION, 0xffffffffL);
    }

    @DamageOf(value = "LINUX-BRIDGE-ARP", topology = "gretap-bridged")
    static Evidence bridgeAnsweredForJ(Evidence good) {
        return Damage.answer(
                good, RESOLUTION, NEIGHBOURS, 0, said -> said.replace("02:00:00:00:00:3b", "02:00:00:00:00:5a"));
    }

    @DamageOf(value = "LINUX-BRIDGE-ARP", topology = "gretap-bridged")
    static Evidence requestDidNotLeave(Evidence good) {
        return Damage.remove(
                good,
                RESOLUTION,
                new TunnelPackets(good, RESOLUTION).underlay(Place.A),
                seen -> FramePackets.frame(seen)
                        .filter(frame -> frame.destination().equals("ff:ff:ff:ff:ff:ff"))
                        .isPresent());
    }

    @DamageOf(value = "LINUX-BRIDGE-TTL", topology = "gretap-bridged")
    static Evidence ttlCountedDown(Evidence good) {
        return new SentPacketDamage(good, FRAMES, IPV4, J).inner(Ipv4Header.TTL, 8);
    }

    @DamageOf(value = "LINUX-BRIDGE-TTL", topology = "gretap-bridged")
    static Evidence ttlBehindTheTagOfNeither(Evidence good) {
        return new FrameDamage(good, FRAMES, TAGGED_IPV4).outer(Ipv4Header.TTL, 8);
    }

    @DamageOf(value = "LINUX-BRIDGE-MTU", topology = "gretap-bridged")
    static Evidence hostTold(Evidence good) {
        return Damage.add(good, LENGTHS, H, LinkType.ETHERNET, Bytes.of(new byte[60]));
    }

    @DamageOf(value = "LINUX-BRIDGE-MTU", topology = "gretap-bridged")
    static Evidence longerFrameGivenToTheTunnelToo(Evidence good) {
        return Damage.counter(good, LENGTHS, Place.A, "link.t1.tx_dropped", 1);
    }

    /** As if a frame had come to J as other bytes. */
    private static Evidence atJ(Evidence good, String label, Bytes other) {
        Bytes frame = FramePackets.during(good, FRAMES).sent(label);
        return Damage.rewrite(good, FRAMES, J, seen -> seen.packet().bytes().equals(frame), bytes -> other);
    }
}
