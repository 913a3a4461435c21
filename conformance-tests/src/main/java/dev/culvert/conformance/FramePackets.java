package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Optional;

/** Follows frames that A's tunnel device was given, by their bytes, and address resolution within the tunnel. */
record FramePackets(Evidence evidence, Window window) {

    static final int ARP_REQUEST = 1;
    static final int ARP_REPLY = 2;

    private static final int ARP = 0x0806;
    /** Where the opcode is in an ARP packet for Ethernet and IPv4, and where its target's address is (RFC 826). */
    private static final int OPCODE = 6;

    private static final int TARGET = 24;

    static FramePackets during(Evidence evidence, String stimulus) {
        return new FramePackets(evidence, evidence.during(stimulus));
    }

    /** A frame as it was given to the device. */
    Bytes sent(String label) {
        return window.sent(label).bytes();
    }

    /** The packets on A's underlay that end with a frame. */
    List<Seen> encapsulated(String label) {
        return encapsulated(sent(label));
    }

    /** The packets on A's underlay that end with those bytes. */
    List<Seen> encapsulated(Bytes frame) {
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> seen.dissect().outerIp().isPresent())
                .filter(seen -> endsWith(seen.packet().bytes(), frame))
                .toList();
    }

    /** The length that the outer packet of a frame as long as A's tunnel device takes has, its header included. */
    int longest(String label) {
        Topology topology = evidence.topology();
        return topology.tunnelMtu(Place.A)
                + topology.overhead()
                - topology.kind()
                        .leavesOut(topology.a().tunnel().options(), sent(label).toArray());
    }

    /** Judges that a frame left A once, and gives the packet that it left in. */
    Optional<Seen> once(Judge judge, String label) {
        List<Seen> packets = encapsulated(label);
        judge.control(
                "A's underlay carried something",
                !evidence.capture(underlay(Place.A)).packets().isEmpty());
        judge.equal("times that the frame \"" + label + "\" left A", 1, packets.size());
        return packets.stream().findFirst();
    }

    /** How often B's tunnel device gave out exactly a frame. */
    int out(String label) {
        return at(
                label,
                new CapturePoint(Place.B, evidence.topology().b().tunnel().device()));
    }

    /** How often a point saw exactly a frame. */
    int at(String label, CapturePoint point) {
        return at(sent(label), point);
    }

    /** How often a point saw exactly those bytes. */
    int at(Bytes frame, CapturePoint point) {
        return (int) window.at(point).stream()
                .filter(seen -> seen.packet().bytes().equals(frame))
                .count();
    }

    /** The packets on a server's underlay that carry an ARP packet with that opcode about an address. */
    List<Seen> arp(Place place, int opcode, InterfaceAddress target) {
        return window.atUnderlay(place).stream()
                .filter(seen -> frame(seen)
                        .filter(frame -> frame.type() == ARP)
                        .map(EthernetHeader::payload)
                        .filter(arp -> arp.length() >= TARGET + 4
                                && arp.u16(OPCODE) == opcode
                                && arp.ipv4(TARGET).equals(target.address()))
                        .isPresent())
                .toList();
    }

    /** The packets on A's underlay that carry an ICMPv6 message of that type about an address, within the tunnel. */
    List<Seen> neighborDiscovery(int type, InterfaceAddress target) {
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> frame(seen).isPresent())
                .filter(seen -> seen.dissect()
                        .icmpv6()
                        .filter(icmp -> icmp.type() == type
                                && icmp.target()
                                        .filter(target.address()::equals)
                                        .isPresent())
                        .isPresent())
                .toList();
    }

    /** The Ethernet address of a neighbour in what {@code ip -j neigh} answered, or {@code none}. */
    String learned(String answer, InterfaceAddress neighbour) {
        return Listing.of(window.answer(answer))
                .neighbour(neighbour.host())
                .path("lladdr")
                .asText("none");
    }

    /** The header of the frame inside the tunnel. */
    static Optional<EthernetHeader> frame(Seen seen) {
        return seen.dissect().all(EthernetHeader.class).skip(1).findFirst();
    }

    private CapturePoint underlay(Place place) {
        return new CapturePoint(
                place, evidence.topology().endpoint(place).underlay().device());
    }

    private static boolean endsWith(Bytes whole, Bytes end) {
        return whole.length() >= end.length()
                && whole.from(whole.length() - end.length()).equals(end);
    }
}
