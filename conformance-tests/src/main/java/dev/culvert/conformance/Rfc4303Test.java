package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.EspStimuli.AFTER_WRONG_CHECK_VALUE;
import static dev.culvert.harness.stimulus.EspStimuli.AGAIN;
import static dev.culvert.harness.stimulus.EspStimuli.AHEAD;
import static dev.culvert.harness.stimulus.EspStimuli.AT_THE_END;
import static dev.culvert.harness.stimulus.EspStimuli.BEHIND_WINDOW;
import static dev.culvert.harness.stimulus.EspStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.EspStimuli.FRESH;
import static dev.culvert.harness.stimulus.EspStimuli.LAST_OF_WINDOW;
import static dev.culvert.harness.stimulus.EspStimuli.NUMBER_ZERO;
import static dev.culvert.harness.stimulus.EspStimuli.TAKEN;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspHeader;
import dev.culvert.harness.packet.EspTrailer;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.ArrayList;
import java.util.List;

@ConformanceTest("RFC 4303, IP Encapsulating Security Payload")
@SpeaksOf(
        kinds = {"vti", "vti6"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6})
class Rfc4303Test {

    private static final int IPV4 = 4;
    private static final int IPV6 = 41;
    private static final int ESP = 50;
    private static final int UDP = 17;

    private final Evidence evidence;

    Rfc4303Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4303-2-FRAME",
            level = Level.MUST,
            source = "RFC 4303 sections 2 and 3.1.2",
            sentence =
                    "What leaves has protocol 50, or 17 where it is within UDP, and the SPI of its direction; opened with the keys it is in tunnel mode: next header 4 or "
                            + "41, and the inner packet byte for byte, with nothing of the tunnel device between.",
            provoked = "A sends ICMP or ICMPv6 messages of many shapes.",
            observed = "Each packet on A's underlay, opened, beside the same packet on A's tunnel device.")
    void innerPacketIsProtectedWhole(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        long spi = ProtectedPackets.during(evidence, AS_CONFIGURED)
                .esp()
                .sentBy(Place.A)
                .spi();
        int nextHeader = evidence.topology().innerFamily() == Family.IPV4 ? IPV4 : IPV6;
        List<String> labels = new ArrayList<>(lengths());
        labels.addAll(List.of("router-alert", "tos-bb"));
        for (String label : labels) {
            Bytes inner = packets.once(judge, label, packets.tunnel(Place.A))
                    .map(seen -> TunnelPackets.outerIp(seen).withPayload())
                    .orElse(Bytes.of());
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                IpHeader outer = TunnelPackets.outerIp(seen);
                judge.field(
                        seen, outer, protocolField(outer), evidence.topology().espInUdp() ? UDP : ESP);
                EspHeader esp = ProtectedPackets.header(seen).orElseThrow();
                judge.field(seen, esp, EspHeader.SPI, spi);
                EspTrailer trailer = ProtectedPackets.trailer(seen).orElseThrow();
                judge.equal("next header of \"" + label + "\"", nextHeader, trailer.nextHeader());
                judge.equal("what \"" + label + "\" protects", inner, ProtectedPackets.carried(seen));
            });
        }
    }

    @Requirement(
            id = "RFC4303-2.4-PADDING",
            level = Level.MUST,
            source = "RFC 4303 section 2.4",
            sentence =
                    "Padding is as long as the cipher and the 4-byte alignment of the trailer's end ask for, and its bytes are 1, 2, 3 and so on.",
            provoked =
                    "A sends ICMP or ICMPv6 messages without data, with a byte of it, of 84 bytes, and one as long as fits.",
            observed = "Padding of the packets on A's underlay, opened.")
    void paddingIsNumbered(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        var suite = ProtectedPackets.during(evidence, AS_CONFIGURED).esp().suite();
        for (String label : lengths()) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                EspTrailer trailer = ProtectedPackets.trailer(seen).orElseThrow();
                int carried = ProtectedPackets.carried(seen).length();
                int least = suite.overhead(carried)
                        - EspHeader.LENGTH
                        - suite.ivBytes()
                        - suite.checkValueBytes()
                        - 2; // pad length and next header
                judge.equal("pad length of \"" + label + "\"", least, trailer.padLength());
                judge.equal("padding of \"" + label + "\"", numbered(trailer.padLength()), trailer.padding());
            });
        }
    }

    @Requirement(
            id = "RFC4303-2.2-SEQUENCE",
            level = Level.MUST,
            source = "RFC 4303 sections 2.2 and 3.3.3",
            sentence = "The first packet of a state has sequence number 1, and each following one a number one higher.",
            provoked = "A sends ICMP or ICMPv6 messages by a state that is new.",
            observed = "Sequence numbers of everything that left A by its SPI, on A's underlay.")
    void numbersCountFromOne(Judge judge) {
        long expected = 1;
        for (Seen seen : ProtectedPackets.during(evidence, AS_CONFIGURED).sentBy(Place.A)) {
            EspHeader esp = ProtectedPackets.header(seen).orElseThrow();
            judge.field(seen, esp, EspHeader.SEQUENCE_NUMBER, expected++);
        }
    }

    @Requirement(
            id = "RFC4303-3.4.3-REPLAY",
            level = Level.MUST,
            source = "RFC 4303 section 3.4.3; net/xfrm/xfrm_replay.c xfrm_replay_check_legacy",
            sentence =
                    "A sequence number is taken once, if it is ahead of the window or within its 32 numbers; one seen before, one behind "
                            + "the window, and 0 are dropped without a word, and counted as XfrmInStateSeqError.",
            provoked = "A composes ESP packets whose numbers are new, repeated, at the window's end, behind it, and 0.",
            observed = "Echo replies on A's tunnel device; B's counter.")
    void numberIsTakenOnce(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, COMPOSED);
        packets.taken(judge, FRESH);
        packets.taken(judge, AHEAD);
        packets.taken(judge, LAST_OF_WINDOW);
        packets.ignored(judge, BEHIND_WINDOW);
        packets.ignored(judge, NUMBER_ZERO);
        // The repeated packet holds the same request as the first: its answer is one, not none.
        judge.equal(
                "echo replies to \"" + FRESH + "\" and \"" + AGAIN + "\", which are the same packet",
                1L,
                packets.answers(AGAIN));
        judge.equal("XfrmInStateSeqError of B", 3L, packets.xfrm(Place.B, "XfrmInStateSeqError"));
    }

    @Requirement(
            id = "RFC4303-3.4.4-INTEGRITY",
            level = Level.MUST,
            source = "RFC 4303 sections 3.4.3 and 3.4.4.1",
            sentence =
                    "A packet whose check value is wrong is dropped, and its sequence number does not move the window: one that it would "
                            + "have put behind the window is still taken.",
            provoked =
                    "A composes a packet with one bit of its check value changed and a number far ahead, then a right one.",
            observed =
                    "Echo requests on B's tunnel device, XfrmInStateProtoError of B; echo replies on A's tunnel device.")
    void wrongCheckValueIsRefusedAndForgotten(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, COMPOSED);
        packets.taken(judge, AFTER_WRONG_CHECK_VALUE);
        judge.equal("echo requests that came out of the tunnel", (long) TAKEN.size(), packets.echoesTaken());
        // The other one is the dummy packet, which Linux counts there too (net/ipv4/esp4.c esp_input_done2,
        // net/ipv6/esp6.c
        // esp6_input_done2).
        judge.equal("XfrmInStateProtoError of B", 2L, packets.xfrm(Place.B, "XfrmInStateProtoError"));
    }

    @Requirement(
            id = "RFC4303-2.1-UNKNOWN-SPI",
            level = Level.MUST,
            source = "RFC 4303 section 3.4.2",
            sentence = "A packet whose SPI belongs to no state is dropped.",
            provoked = "A composes a packet under an SPI that B has no state for.",
            observed =
                    "Echo requests on B's tunnel device; XfrmInNoStates of B; the packets before and after are answered.")
    void unknownSpiIsDropped(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, COMPOSED);
        packets.taken(judge, FRESH);
        packets.taken(judge, AT_THE_END);
        judge.equal("echo requests that came out of the tunnel", (long) TAKEN.size(), packets.echoesTaken());
        judge.equal("XfrmInNoStates of B", 1L, packets.xfrm(Place.B, "XfrmInNoStates"));
    }

    @Requirement(
            id = "RFC4303-2.6-DUMMY",
            level = Level.MUST,
            source = "RFC 4303 section 2.6",
            sentence =
                    "A packet with next header 59 is a dummy: it is dropped without prejudice, and the next one is taken.",
            provoked = "A composes a protected packet with next header 59, then an ordinary one.",
            observed = "Echo requests on B's tunnel device; the packet after it is answered.")
    void dummyIsDropped(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, COMPOSED);
        packets.taken(judge, AT_THE_END);
        judge.equal("echo requests that came out of the tunnel", (long) TAKEN.size(), packets.echoesTaken());
    }

    /** Labels of ICMP or ICMPv6 messages of every length. */
    private List<String> lengths() {
        List<String> labels = new ArrayList<>();
        HeaderStimuli.lengths(evidence.topology().innerFamily()).forEach(length -> labels.add("length-" + length));
        labels.add("length-largest");
        return labels;
    }

    private static Field protocolField(IpHeader header) {
        return header instanceof Ipv4Header ? Ipv4Header.PROTOCOL : Ipv6Header.NEXT_HEADER;
    }

    private static Bytes numbered(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i + 1);
        }
        return Bytes.of(bytes);
    }
}
