package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ModeStimuli.DEVICES;
import static dev.culvert.harness.stimulus.ModeStimuli.IP_ONLY;
import static dev.culvert.harness.stimulus.ModeStimuli.IP_PACKETS;
import static dev.culvert.harness.stimulus.ModeStimuli.LABELLED_PACKETS;
import static dev.culvert.harness.stimulus.ModeStimuli.MODES;
import static dev.culvert.harness.stimulus.ModeStimuli.MPLS_ONLY;
import static dev.culvert.harness.stimulus.ModeStimuli.mplsLabel;
import static dev.culvert.harness.stimulus.MplsStimuli.H_TO_J;
import static dev.culvert.harness.stimulus.MplsStimuli.LABELLED;
import static dev.culvert.harness.stimulus.MplsStimuli.LARGEST;
import static dev.culvert.harness.stimulus.MplsStimuli.REFUSED;
import static dev.culvert.harness.stimulus.MplsStimuli.TOO_LARGE;
import static dev.culvert.harness.stimulus.MplsStimuli.TOO_LARGE_DF;
import static dev.culvert.harness.stimulus.MplsStimuli.UNKNOWN;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.stimulus.MplsStimuli;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Objects;

@ConformanceTest("net/mpls/af_mpls.c, mpls_iptunnel.c, ipip.c and sit.c, labelled packets and the device")
class LinuxMplsTest {

    private final Evidence evidence;
    private final Topology topology;

    LinuxMplsTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-MPLS-MODE",
            level = Level.LINUX,
            source = "net/ipv4/ipip.c mplsip_rcv, ipip_tunnel_rcv, net/ipv6/sit.c mplsip_rcv, sit_tunnel_rcv",
            sentence =
                    "A device of mode \"mplsip\" takes protocol 137 only and one of mode \"ipip\" protocol 4 only; the other protocol is "
                            + "dropped without a counter or an ICMP error.",
            provoked = "A composes outer packets of both protocols for a device of each mode on B.",
            observed = "rx packets and errors of the devices; ICMP errors on B's underlay, where the packets came in.",
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void modeDecidesWhatIsTaken(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, MODES);
        judge.control(
                "a labelled packet came to B",
                packets.of(mplsLabel(IP_ONLY), packets.underlay(Place.B)).size() == 1);
        Listing devices = Listing.of(packets.window().answer(DEVICES));
        judge.equal("rx packets of " + MPLS_ONLY, (long) LABELLED_PACKETS, devices.count(MPLS_ONLY, "rx", "packets"));
        judge.equal("rx packets of " + IP_ONLY, (long) IP_PACKETS, devices.count(IP_ONLY, "rx", "packets"));
        for (String device : List.of(MPLS_ONLY, IP_ONLY)) {
            judge.equal("rx errors of " + device, 0L, devices.count(device, "rx", "errors"));
        }
        List<Seen> left = packets.window().atUnderlay(Place.B).stream()
                .filter(seen -> seen.dissect()
                        .outerIp()
                        .filter(outer ->
                                outer.source().equals(topology.b().tunnel().local()))
                        .isPresent())
                .toList();
        judge.equal("ICMP errors that left B", 0L, errors(left));
    }

    @Requirement(
            id = "LINUX-MPLS-INPUT",
            level = Level.LINUX,
            source = "net/mpls/af_mpls.c mpls_forward",
            sentence =
                    "A labelled packet goes on only when net.mpls.conf.DEV.input is 1 and the label is known; otherwise it is dropped "
                            + "after the device counted it, without an ICMP error.",
            provoked =
                    "H sends to J while B's tunnel device takes no labels; A composes a packet with a label that B does not know.",
            observed = "B's tunnel device and its rx_packets; J; ICMP errors on A's underlay.",
            needs = {Trait.MPLS, Trait.LAN},
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void labelsAreTakenOnlyWhenAllowedAndKnown(Judge judge) {
        TunnelPackets labelled = new TunnelPackets(evidence, LABELLED);
        judge.control(
                "with input 1 and a known label the packet came to J",
                labelled.of(H_TO_J, host(topology.b())).size() == 1);
        endsAtTheDevice(judge, labelled, UNKNOWN);
        judge.equal(
                "ICMP errors about the unknown label",
                0,
                labelled.errorsAbout(UNKNOWN, labelled.underlay(Place.A)).size());
        TunnelPackets refused = new TunnelPackets(evidence, REFUSED);
        endsAtTheDevice(judge, refused, H_TO_J);
        judge.equal(
                "rx_packets of B's tunnel device with input 0",
                1L,
                refused.window().tunnelDelta(Place.B, "rx_packets"));
        judge.equal("ICMP errors with input 0", 0L, errors(refused.window().atUnderlay(Place.A)));
    }

    @Requirement(
            id = "LINUX-MPLS-OVERSIZE",
            level = Level.LINUX,
            source = "net/core/lwtunnel.c, include/net/lwtunnel.h lwtunnel_headroom, net/ipv4/ip_output.c",
            sentence =
                    "Where labels are pushed the device's MTU less 4 bytes a label holds: a DF packet of one byte more is answered with "
                            + "that MTU, and one without DF is fragmented before it is labelled.",
            provoked = "H sends to J a DF packet of just that size, one of a byte more, and the same without DF.",
            observed = "A's underlay; ICMP type 3 code 4 at H.",
            needs = {Trait.MPLS, Trait.LAN},
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void labelsTakeTheirRoomFromTheMtu(Judge judge) {
        int largest = MplsStimuli.largest(topology);
        TunnelPackets packets = new TunnelPackets(evidence, LABELLED);
        packets.once(judge, LARGEST, packets.underlay(Place.A))
                .ifPresent(seen -> judge.field(
                        seen,
                        TunnelPackets.outer(seen),
                        Ipv4Header.TOTAL_LENGTH,
                        topology.tunnelMtu(Place.A) + topology.overhead()));
        judge.equal(
                "times that the DF packet of " + (largest + 1) + " bytes left A",
                0,
                packets.of(TOO_LARGE_DF, packets.underlay(Place.A)).size());
        List<Seen> errors = packets.errorsAbout(TOO_LARGE_DF, host(topology.a()));
        judge.equal("ICMP errors about it at H", 1, errors.size());
        for (Seen error : errors) {
            IcmpHeader icmp = error.dissect().icmp().orElseThrow();
            judge.field(error, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
            judge.field(error, icmp, IcmpHeader.CODE, 4);
            judge.field(error, icmp, IcmpHeader.NEXT_HOP_MTU, largest);
        }
        List<Seen> fragments = fragments(packets);
        judge.equal("fragments of the packet without DF", 2, fragments.size());
        int labels = Objects.requireNonNull(topology.mpls()).pushedBy(Place.A).size();
        for (Seen fragment : fragments) {
            judge.equal(
                    "labels on a fragment",
                    labels,
                    fragment.dissect().mplsStack().size());
        }
    }

    private void endsAtTheDevice(Judge judge, TunnelPackets packets, String label) {
        packets.once(judge, label, packets.tunnel(Place.B));
        judge.equal(
                "times that \"" + label + "\" came to J",
                0,
                packets.of(label, host(topology.b())).size());
    }

    /** What left A of the packet that was too large, by the identification that its fragments keep. */
    private static List<Seen> fragments(TunnelPackets packets) {
        var sent = packets.window().dissectSent(TOO_LARGE);
        int identification = sent.outerIpv4().orElseThrow().identification();
        return packets.leaving(Place.A).stream()
                .filter(seen -> TunnelPackets.inner(seen).identification() == identification)
                .toList();
    }

    private static long errors(List<Seen> packets) {
        return packets.stream()
                .filter(seen -> seen.dissect().quoted().isPresent())
                .count();
    }

    private static CapturePoint host(Endpoint server) {
        var host = Objects.requireNonNull(server.lan()).host();
        return new CapturePoint(host.place(), host.device());
    }
}
