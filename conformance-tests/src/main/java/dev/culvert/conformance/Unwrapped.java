package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.GeneveHeader;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.packet.GueHeader;
import dev.culvert.harness.packet.Header;
import dev.culvert.harness.packet.Ipv6OptionsHeader;
import dev.culvert.harness.packet.LinuxSllHeader;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.harness.stimulus.HostileStimuli;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;

/** What became of outer packets that A composed itself. They are known by their bytes, for what they carry may not be a packet. */
record Unwrapped(Window window) {

    static Unwrapped during(Evidence evidence, String stimulus) {
        return new Unwrapped(evidence.during(stimulus));
    }

    /** What a packet carries behind its outer header and the kind's own. */
    Bytes carried(String label) {
        return carried(label, 0);
    }

    /** What the packet that a packet carries carries itself. */
    Bytes carriedWithin(String label) {
        return carried(label, 1);
    }

    private Bytes carried(String label, int depth) {
        Dissection sent = sent(label);
        List<Header> headers = sent.all(Header.class).toList();
        int at = headers.indexOf(sent.ip(depth).orElseThrow());
        while (at + 1 < headers.size() && isBetween(headers.get(at + 1))) {
            at++;
        }
        return headers.get(at) instanceof GeneveHeader geneve
                ? geneve.payload().from((int) GeneveHeader.OPTION_LENGTH.of(geneve) * 4)
                : headers.get(at).payload();
    }

    /** Whether a header stands between the outer IP header and what the tunnel carries. */
    private static boolean isBetween(Header header) {
        return header instanceof Ipv6OptionsHeader
                || header instanceof GreHeader
                || header instanceof ErspanHeader
                || header instanceof GueHeader
                || header instanceof GeneveHeader
                || header instanceof UdpHeader;
    }

    /** The lengths of what B's device is to take of {@link HostileStimuli#HOSTILE}, that within a packet included. */
    List<Long> taken(Topology topology) {
        List<Long> lengths = new ArrayList<>();
        HostileStimuli.taken(topology)
                .forEach(label -> lengths.add((long) carried(label).length()));
        if (HostileStimuli.nests(topology)) {
            lengths.add((long) carried(HostileStimuli.TWICE).length());
            lengths.add((long) carriedWithin(HostileStimuli.TWICE).length());
        }
        return lengths;
    }

    /** Where B's tunnel device gave out what a packet carries. */
    List<Seen> out(String label) {
        return out(carried(label));
    }

    /** Where B's tunnel device gave out a packet of these bytes. */
    List<Seen> out(Bytes whole) {
        return window.atTunnel(Place.B).stream()
                .filter(seen -> seen.packet().originalLength() == whole.length() + linkHeader(seen))
                .filter(seen -> startsWith(whole, seen.packet().bytes().from(linkHeader(seen))))
                .toList();
    }

    /** Captures on a device of a type that libpcap has no link type for, GRE's among them, are "cooked". */
    private static int linkHeader(Seen seen) {
        return seen.dissect().first(LinuxSllHeader.class).map(Header::length).orElse(0);
    }

    /** Whether the reply to the echo request within a packet came out of A's tunnel device. */
    boolean answered(String label) {
        Echo reply = Echo.in(sent(label)).orElseThrow().answer();
        return window.atTunnel(Place.A).stream()
                .flatMap(seen -> Echo.in(seen.dissect()).stream())
                .anyMatch(reply::equals);
    }

    /** ICMP and ICMPv6 errors on A's underlay that are in no tunnel, whatever they are about. */
    List<Seen> errors() {
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> seen.dissect().quoted().isPresent()
                        && seen.dissect().ip(1).isEmpty())
                .toList();
    }

    /** Whether what a packet carries is behind a GRE header. */
    boolean inGre(String label) {
        return sent(label).gre().isPresent();
    }

    private Dissection sent(String label) {
        return window.dissectSent(label);
    }

    private static boolean startsWith(Bytes whole, Bytes kept) {
        return whole.slice(0, Math.min(whole.length(), kept.length())).equals(kept);
    }
}
