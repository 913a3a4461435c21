package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.topologies.Place;
import java.util.List;

/** Packets that A composed with an echo request of 64 bytes at their end, and what B made of them. */
record ComposedPackets(Window window) {

    /** The ICMP message of an echo request with as many bytes of data as ping sends. */
    private static final int ECHO = 64;

    private static final int IDENTIFICATION = 4;

    static ComposedPackets during(Evidence evidence, String stimulus) {
        return new ComposedPackets(evidence.during(stimulus));
    }

    /** Whether the reply to the echo request in a packet came out of A's tunnel device. */
    boolean answered(String label) {
        Bytes sent = window.sent(label).bytes();
        int identifier = sent.u16(sent.length() - ECHO + 4);
        int sequence = sent.u16(sent.length() - ECHO + 6);
        return window.atTunnel(Place.A).stream()
                .flatMap(seen -> seen.dissect().icmp().stream())
                .anyMatch(icmp -> icmp.type() == IcmpHeader.ECHO_REPLY
                        && icmp.identifier() == identifier
                        && icmp.sequence() == sequence);
    }

    /** The ICMP errors on A's underlay that quote a packet, known by its outer identification. */
    List<Seen> errorsAbout(String label) {
        int identification = window.sent(label).bytes().u16(IDENTIFICATION);
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> seen.dissect()
                        .quoted()
                        .flatMap(quoted -> quoted.outerIpv4())
                        .filter(ip -> ip.identification() == identification)
                        .isPresent())
                .toList();
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
        judge.equal("answer to \"" + label + "\"", "ICMP 3/3", answer(label));
    }

    /** What B said to a packet. */
    String answer(String label) {
        if (answered(label)) {
            return "echo reply";
        }
        return errorsAbout(label).stream()
                .flatMap(seen -> seen.dissect().icmp().stream())
                .findFirst()
                .map(icmp -> "ICMP " + icmp.type() + "/" + icmp.code())
                .orElse("none");
    }

    /** How much a counter of B's tunnel device moved. */
    long moved(String counter) {
        return window.tunnelDelta(Place.B, counter);
    }
}
