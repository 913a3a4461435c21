package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Follows what a stimulus sent through the captures of its window. A packet is known by the first 8 bytes of what its innermost IP
 * header carries, behind extension headers, at the same distance from its end: no tunnel and no router changes those, so that it is found again also when a header
 * around it is wrong. Give every packet of a stimulus an ICMP sequence number or a port of its own.
 */
final class TunnelPackets {

    private static final int MARK = 8;

    private final Evidence evidence;
    private final Topology topology;
    private final Window window;

    /** Throws {@link NotObserved} when the stimulus did not run. */
    TunnelPackets(Evidence evidence, String stimulus) {
        this.evidence = evidence;
        this.topology = evidence.topology();
        this.window = evidence.during(stimulus);
    }

    Window window() {
        return window;
    }

    /** The capture point of the tunnel device of a server. */
    CapturePoint tunnel(Place server) {
        return new CapturePoint(server, topology.endpoint(server).tunnel().device());
    }

    /** The capture point of the underlay device of a server. */
    CapturePoint underlay(Place server) {
        return new CapturePoint(server, topology.endpoint(server).underlay().device());
    }

    /** The capture point of the LAN host {@code h} or {@code j}; throws {@link NotObserved} when the topology has none. */
    CapturePoint host(Place host) {
        Lan lan = topology.endpoint(host == Place.H ? Place.A : Place.B).lan();
        if (lan == null) {
            throw new NotObserved("the topology has no host " + host.id());
        }
        return new CapturePoint(host, lan.host().device());
    }

    /**
     * Everything that a server put into the tunnel during the window, as its underlay carried it: from its address to the other
     * end's, with one of the kind's protocol numbers.
     */
    List<Seen> leaving(Place from) {
        var tunnel = topology.a().tunnel();
        // With IPv6 a device may leave the extension header out that it puts before other packets.
        Set<Integer> protocols = topology.kind().carries(tunnel.options()).stream()
                .flatMap(carried -> topology.udpEncapsulation().isPresent()
                        ? Stream.of(topology.outerProtocol(carried))
                        : Stream.of(
                                topology.outerProtocol(carried),
                                topology.kind().carriedProtocol(tunnel.options(), carried)))
                .collect(Collectors.toSet());
        var source = topology.endpoint(from).tunnel().local();
        var destination = topology.endpoint(from).tunnel().remote();
        return window.at(underlay(from)).stream()
                .filter(seen -> seen.dissect()
                        .outerIp()
                        .filter(outer -> outer.source().equals(source)
                                && outer.destination().equals(destination)
                                && protocols.contains(ownNumber(outer)))
                        .isPresent())
                .toList();
    }

    /** The number that the header itself has: with IPv6 that of an extension header, if there is one. */
    private static int ownNumber(IpHeader outer) {
        return outer instanceof Ipv6Header ipv6 ? ipv6.nextHeader() : outer.protocolNumber();
    }

    /** The packet sent under a label as a point saw it, bare or within a tunnel, as often as it passed. */
    List<Seen> of(String label, CapturePoint at) {
        Dissection sent = sent(label);
        Bytes payload = innermost(sent).carried();
        Bytes mark = payload.slice(0, Math.min(MARK, payload.length()));
        return window.at(at).stream()
                .filter(seen -> carries(seen, payload.length(), mark))
                .filter(seen ->
                        seen.dissect().quoted().isPresent() == sent.quoted().isPresent())
                .toList();
    }

    /**
     * Judges that the packet sent under a label passed a point once, and gives it. That it did not is believed only of a
     * capture which holds other packets.
     */
    Optional<Seen> once(Judge judge, String label, CapturePoint at) {
        List<Seen> copies = of(label, at);
        judge.control(at + " carried something", !evidence.capture(at).packets().isEmpty());
        judge.equal("times that the packet \"" + label + "\" passed " + at, 1, copies.size());
        return copies.stream().findFirst();
    }

    /** The ICMP errors at a point that quote the packet sent under a label, whatever the headers before its mark say in the quote. */
    List<Seen> errorsAbout(String label, CapturePoint at) {
        Bytes payload = innermost(sent(label)).carried();
        Bytes mark = payload.slice(0, Math.min(MARK, payload.length()));
        return window.at(at).stream()
                .filter(seen -> seen.dissect().quoted().isPresent())
                .filter(seen -> quoted(seen.dissect())
                        .filter(quoted -> contains(quoted, mark))
                        .isPresent())
                .toList();
    }

    /** What an ICMP or ICMPv6 error quotes. */
    private static Optional<Bytes> quoted(Dissection error) {
        return error.icmp().map(IcmpHeader::quoted).or(() -> error.icmpv6().map(Icmpv6Header::quoted));
    }

    private static boolean contains(Bytes quoted, Bytes mark) {
        return IntStream.rangeClosed(0, quoted.length() - mark.length())
                .anyMatch(at -> quoted.slice(at, mark.length()).equals(mark));
    }

    /**
     * The inner fragments of the packet sent under a label, or the whole of it, as a point saw them, bare or within a tunnel. They
     * are known by source and identification, which every fragment of IPv4 has (RFC 791 section 2.3).
     */
    List<Seen> fragmentsOf(String label, CapturePoint at) {
        Ipv4Header sent = last(sent(label)).orElseThrow(() -> new NotObserved("\"" + label + "\" is not IPv4"));
        return window.at(at).stream()
                .filter(seen -> last(seen.dissect())
                        .filter(ip -> ip.source().equals(sent.source())
                                && ip.identification() == sent.identification()
                                && ip.protocolNumber() == sent.protocolNumber())
                        .isPresent())
                .toList();
    }

    /** The outermost IPv4 header. */
    static Ipv4Header outer(Seen seen) {
        return seen.dissect().outerIpv4().orElseThrow(() -> noHeader(seen));
    }

    /** The innermost IPv4 header, that of a packet which carries no other if there is only one. */
    static Ipv4Header inner(Seen seen) {
        return last(seen.dissect()).orElseThrow(() -> noHeader(seen));
    }

    /** The outermost IP header, of whichever version. */
    static IpHeader outerIp(Seen seen) {
        return seen.dissect().outerIp().orElseThrow(() -> noHeader(seen));
    }

    /** Judges the length of an outer packet, its header included, by the field in which its version of IP says it. */
    static void outerLength(Judge judge, Seen seen, int expected) {
        if (outerIp(seen) instanceof Ipv6Header ipv6) {
            judge.field(seen, ipv6, Ipv6Header.PAYLOAD_LENGTH, expected - Ipv6Header.LENGTH);
        } else {
            judge.field(seen, outer(seen), Ipv4Header.TOTAL_LENGTH, expected);
        }
    }

    /** Judges that an outer packet is for that address. */
    static void outerDestination(Judge judge, Seen seen, InetAddress expected) {
        IpHeader outer = outerIp(seen);
        Field field = outer.destinationField();
        var range = field.in(outer);
        judge.equal(
                seen.dissect().name(outer, field),
                IpAddress.text(expected),
                IpAddress.text(outer.destination()),
                seen,
                range.offset(),
                range.length());
    }

    /** The innermost IP header, of whichever version. */
    static IpHeader innerIp(Seen seen) {
        return seen.dissect().innermostIp().orElseThrow(() -> noHeader(seen));
    }

    private Dissection sent(String label) {
        return window.dissectSent(label);
    }

    private static IpHeader innermost(Dissection sent) {
        return sent.innermostIp().orElseThrow(() -> new NotObserved("a packet that is not IP cannot be followed"));
    }

    private static Optional<Ipv4Header> last(Dissection dissection) {
        return dissection.all(Ipv4Header.class).reduce((outer, inner) -> inner);
    }

    private boolean carries(Seen seen, int length, Bytes mark) {
        // What is encrypted must be opened first; everything else need not be taken apart to be found.
        Dissection opened = topology.esp() == null ? null : seen.dissect();
        Bytes kept = opened == null ? seen.packet().bytes() : opened.packet();
        int at = seen.packet().originalLength() - (opened == null ? 0 : opened.trailing()) - length;
        return at >= 0
                && at + mark.length() <= kept.length()
                && kept.slice(at, mark.length()).equals(mark);
    }

    private static NotObserved noHeader(Seen seen) {
        return new NotObserved("packet " + seen.packet().index() + " of " + seen.at() + " has no such header");
    }
}
