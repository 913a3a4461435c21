package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import java.util.List;

/** What became of outer packets that A composed itself. They are known by their bytes, for what they carry may not be a packet. */
record Unwrapped(Window window) {

    static Unwrapped during(Evidence evidence, String stimulus) {
        return new Unwrapped(evidence.during(stimulus));
    }

    /** What a packet carries behind its outer header. */
    Bytes carried(String label) {
        return sent(label).outerIpv4().map(Ipv4Header::payload).orElseThrow();
    }

    /** Where B's tunnel device gave out what a packet carries. */
    List<Seen> out(String label) {
        Bytes carried = carried(label);
        return window.atTunnel(Place.B).stream()
                .filter(seen -> seen.packet().originalLength() == carried.length())
                .filter(seen -> startsWith(carried, seen.packet().bytes()))
                .toList();
    }

    /** Whether the reply to the echo request within a packet came out of A's tunnel device. */
    boolean answered(String label) {
        IcmpHeader request = sent(label).icmp().orElseThrow();
        return window.atTunnel(Place.A).stream()
                .flatMap(seen -> seen.dissect().icmp().stream())
                .anyMatch(icmp -> icmp.type() == IcmpHeader.ECHO_REPLY
                        && icmp.identifier() == request.identifier()
                        && icmp.sequence() == request.sequence());
    }

    /** ICMP errors on A's underlay, whatever they are about. */
    List<Seen> errors() {
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> seen.dissect().quoted().isPresent())
                .toList();
    }

    private Dissection sent(String label) {
        return Dissector.dissect(window.sent(label).bytes(), LinkType.IPV4);
    }

    private static boolean startsWith(Bytes whole, Bytes kept) {
        return whole.slice(0, Math.min(whole.length(), kept.length())).equals(kept);
    }
}
