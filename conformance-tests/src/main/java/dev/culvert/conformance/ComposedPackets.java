package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.topologies.Place;
import java.util.List;

/** Packets that A composed with an echo request of 64 bytes at their end, and what B made of them. */
record ComposedPackets(Window window) {

    /** The ICMP message of an echo request with as many bytes of data as ping sends. */
    private static final int ECHO = 64;

    /** Where an IPv4 header has its identification. */
    private static final int IDENTIFICATION = 4;
    /** The flow label in the first four bytes of an IPv6 header (RFC 8200 section 3). */
    private static final int FLOW_LABEL = 0xfffff;

    static ComposedPackets during(Evidence evidence, String stimulus) {
        return new ComposedPackets(evidence.during(stimulus));
    }

    /** Those of a stimulus, judged beside the one that is as it should be: that it was answered is the control. */
    static ComposedPackets beside(Judge judge, Evidence evidence, String stimulus) {
        ComposedPackets packets = during(evidence, stimulus);
        judge.control("a packet as it should be was answered", packets.answered(AS_IT_SHOULD_BE));
        return packets;
    }

    /** Whether the reply to the echo request in a packet came out of A's tunnel device. */
    boolean answered(String label) {
        Bytes sent = window.sent(label).bytes();
        int identifier = sent.u16(sent.length() - ECHO + 4);
        int sequence = sent.u16(sent.length() - ECHO + 6);
        return window.atTunnel(Place.A).stream()
                .flatMap(seen -> Echo.in(seen.dissect()).stream())
                .anyMatch(new Echo(true, identifier, sequence)::equals);
    }

    /** The ICMP or ICMPv6 errors on A's underlay that quote a packet, known by its outer identification or flow label. */
    List<Seen> errorsAbout(String label) {
        int number = number(window.sent(label).bytes());
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> seen.dissect()
                        .quoted()
                        .flatMap(Dissection::outerIp)
                        .filter(ip -> number(ip.bytes()) == number)
                        .isPresent())
                .toList();
    }

    /** What tells a packet from others by its outer header, from its version nibble on. */
    private static int number(Bytes packet) {
        return isIpv6(packet) ? (int) (packet.u32(0) & FLOW_LABEL) : packet.u16(IDENTIFICATION);
    }

    private static boolean isIpv6(Bytes packet) {
        return packet.u8(0) >> 4 == 6;
    }

    /** Judges that B took a packet. */
    void taken(Judge judge, String label) {
        judge.equal("answer to \"" + label + "\"", "echo reply", answer(label));
    }

    /** Judges that B took no notice of a packet: neither an answer nor an ICMP error. */
    void ignored(Judge judge, String label) {
        judge.equal("answer to \"" + label + "\"", "none", answer(label));
    }

    /** Judges that B refused a packet as one that no device is for. */
    void refused(Judge judge, String label) {
        judge.equal("answer to \"" + label + "\"", refusal(label), answer(label));
    }

    /** What B says to a packet that no device is for: that there is no such port. */
    String refusal(String label) {
        return isIpv6(window.sent(label).bytes()) ? "ICMPv6 1/4" : "ICMP 3/3";
    }

    /** What B said to a packet. */
    String answer(String label) {
        if (answered(label)) {
            return "echo reply";
        }
        return errors(label).stream().findFirst().orElse("none");
    }

    /** What the ICMP or ICMPv6 errors about a packet say, {@code ICMP 3/3} for instance. */
    List<String> errors(String label) {
        return errorsAbout(label).stream()
                .map(Seen::dissect)
                .map(error -> error.icmp()
                        .map(icmp -> "ICMP " + icmp.type() + "/" + icmp.code())
                        .or(() -> error.icmpv6().map(icmp -> "ICMPv6 " + icmp.type() + "/" + icmp.code()))
                        .orElseThrow())
                .toList();
    }

    /** How much a counter of B's tunnel device moved. */
    long moved(String counter) {
        return window.tunnelDelta(Place.B, counter);
    }
}
