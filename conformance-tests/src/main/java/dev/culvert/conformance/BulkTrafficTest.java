package dev.culvert.conformance;

import dev.culvert.harness.capture.BulkFraming;
import dev.culvert.harness.capture.FramingExpectation;
import dev.culvert.harness.capture.FramingExpectation.DontFragment;
import dev.culvert.harness.capture.FramingExpectation.Inner;
import dev.culvert.harness.capture.FramingReport;
import dev.culvert.harness.capture.PcapCursor;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.harness.packet.EspHeader;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.UdpEncapsulation;
import java.io.IOException;
import java.util.List;

/** What holds for every packet of the throughput runs, and what offloads do to them. */
@ConformanceTest("Bulk traffic and offloads")
final class BulkTrafficTest {

    private static final int ETHERNET_HEADER = 14;
    /** IANA's numbers. */
    private static final int ESP = 50;

    private static final int UDP = 17;

    private final Evidence evidence;

    BulkTrafficTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "BULK-FRAMING",
            level = Level.MUST,
            source = "RFC 2003 section 3.1",
            sentence =
                    "Every packet of bulk traffic is framed as a single one is: none of millions has a wrong outer header.",
            provoked = "iperf3, TCP and UDP, from A to B through the tunnel, offloads off and on.",
            observed =
                    "Both ends of the underlay, every captured packet: version, IHL, protocol, addresses, checksum and total length of "
                            + "the outer header, version and checksum of the inner one, and the outer DF bit.",
            throughput = true,
            tags = {"throughput", "framing"},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = Requirement.EVERY_KIND)
    void everyPacketIsFramed(Judge judge) throws IOException {
        transfers();
        for (BulkCapture capture : tunnelCaptures()) {
            FramingReport report = BulkFraming.judge(capture.file(), expectation());
            judge.control(
                    "packets of the tunnel were captured on " + capture.point() + " during " + capture.run(),
                    report.tunnelPackets() > 0);
            judge.holds(
                    capture.run() + " on " + capture.point(),
                    "each of " + report.tunnelPackets() + " packets framed right",
                    report.offenderCount() == 0,
                    report.offenderCount() + " are not: " + report.faults());
        }
    }

    @Requirement(
            id = "BULK-THROUGH-TUNNEL",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c, ip_tunnel_xmit",
            sentence = "All payload that the receiver counts has crossed the underlay inside the tunnel.",
            provoked = "iperf3, TCP and UDP, from A to B through the tunnel, offloads off and on.",
            observed = "The receiver's byte count beside the sum of the outer packets' lengths on A's underlay.",
            throughput = true,
            tags = "throughput",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = Requirement.EVERY_KIND)
    void payloadCrossesTheTunnel(Judge judge) throws IOException {
        for (ThroughputRun run : transfers()) {
            FramingReport report = BulkFraming.judge(capture(run, Place.A).file(), expectation());
            judge.holds(run.name() + ", payload received", "more than nothing", run.payloadBytes() > 0, "nothing");
            judge.holds(
                    run.name() + ", bytes inside the tunnel",
                    "at least the " + run.payloadBytes() + " bytes of payload received",
                    report.tunnelBytes() >= run.payloadBytes(),
                    String.valueOf(report.tunnelBytes()));
        }
    }

    /**
     * Not of ERSPAN: {@code erspan_tunnel_init} in net/ipv4/ip_gre.c gives its devices no segmentation, so that none reaches them whole. Not
     * of what ESP protects: {@code xfrm_output} in net/xfrm/xfrm_output.c segments before it does.
     */
    @Requirement(
            id = "OFFLOAD-SUPERPACKET",
            level = Level.LINUX,
            source = "net/core/dev.c, validate_xmit_skb; Documentation/networking/segmentation-offloads.rst",
            sentence =
                    "With segmentation offloads on a capture shows packets longer than the MTU; with them off it shows none.",
            provoked = "iperf3 TCP from A to B through the tunnel, offloads off, then on.",
            observed = "The longest packet on A's underlay.",
            throughput = true,
            tags = {"throughput", "offload"},
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"geneve", "gre", "gretap", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"})
    void superPacketsComeWithOffloadsOnly(Judge judge) throws IOException {
        int mtu = evidence.topology().a().underlay().mtu();
        judge.control(
                "TCP was transferred through the tunnel",
                transfers().stream().anyMatch(run -> run.protocol().equals("tcp")));
        for (ThroughputRun run : transfers()) {
            if (run.protocol().equals("tcp")) {
                int longest = longest(capture(run, Place.A)) - ETHERNET_HEADER;
                judge.holds(
                        run.name() + ", longest packet",
                        (run.offloads() ? "longer than" : "at most") + " the underlay's MTU of " + mtu,
                        run.offloads() == longest > mtu,
                        String.valueOf(longest));
            }
        }
    }

    private static int longest(BulkCapture capture) throws IOException {
        int longest = 0;
        try (PcapFile pcap = PcapFile.open(capture.file())) {
            PcapCursor cursor = pcap.cursor();
            while (cursor.next()) {
                longest = Math.max(longest, cursor.originalLength());
            }
        }
        return longest;
    }

    private FramingExpectation expectation() {
        Topology topology = evidence.topology();
        Family inner = topology.innerFamily();
        TunnelEnd a = topology.a().tunnel();
        if (topology.esp() != null) {
            return new FramingExpectation(
                    a.local(),
                    a.remote(),
                    topology.espInUdp() ? UDP : ESP,
                    (topology.espInUdp() ? UdpHeader.LENGTH : 0) + EspHeader.LENGTH,
                    Inner.OPAQUE,
                    DontFragment.ANY);
        }
        return new FramingExpectation(
                a.local(),
                a.remote(),
                carriedProtocol(topology),
                topology.overhead() - topology.outerFamily().headerLength(),
                inner == Family.IPV4 ? Inner.IPV4 : Inner.IPV6,
                outerDf());
    }

    private static int carriedProtocol(Topology topology) {
        Carried carried = topology.carriedAs(topology.innerFamily().carried());
        return topology.udpEncapsulation().isPresent()
                ? UdpEncapsulation.PROTOCOL
                : topology.kind().carriedProtocol(topology.a().tunnel().options(), carried);
    }

    /** Both directions are captured, so only what both ends do can be expected; IPv6 has no such bit. */
    private DontFragment outerDf() {
        if (evidence.topology().outerFamily() == Family.IPV6) {
            return DontFragment.ANY;
        }
        DontFragment a = outerDf(evidence.topology().a().tunnel());
        DontFragment b = outerDf(evidence.topology().b().tunnel());
        if (a == b) {
            return a;
        }
        return a == DontFragment.CLEAR || b == DontFragment.CLEAR ? DontFragment.ANY : DontFragment.SET_WHERE_INNER_IS;
    }

    private DontFragment outerDf(TunnelEnd end) {
        OptionsInForce options = new OptionsInForce(
                end.options().asWords(), evidence.topology().kind().encapsulatesEcn());
        if (options.df(0) == 1) {
            return DontFragment.SET;
        }
        return options.df(1) == 1 ? DontFragment.SET_WHERE_INNER_IS : DontFragment.CLEAR;
    }

    /** Every transfer through the tunnel, once it is known that there is one and that none failed. */
    private List<ThroughputRun> transfers() {
        evidence.throughput().stream()
                .filter(run -> run.failure() != null)
                .findFirst()
                .ifPresent(run -> {
                    throw new NotObserved("nothing was transferred during " + run.name() + ": " + run.failure());
                });
        List<ThroughputRun> tunnel = evidence.throughput().stream()
                .filter(run -> run.path().equals("tunnel"))
                .toList();
        if (tunnel.isEmpty()) {
            throw new NotObserved("nothing was transferred through the tunnel");
        }
        return tunnel;
    }

    private List<BulkCapture> tunnelCaptures() {
        List<BulkCapture> captures = evidence.bulk().stream()
                .filter(capture -> capture.run().startsWith("tunnel-"))
                .map(BulkTrafficTest::complete)
                .toList();
        if (captures.isEmpty()) {
            throw new NotObserved("no capture of the throughput runs was kept");
        }
        return captures;
    }

    private BulkCapture capture(ThroughputRun run, Place place) {
        return evidence.bulk().stream()
                .filter(capture ->
                        capture.run().equals(run.name()) && capture.point().place() == place)
                .findFirst()
                .map(BulkTrafficTest::complete)
                .orElseThrow(() -> new NotObserved("no capture on " + place.id() + " during " + run.name()));
    }

    private static BulkCapture complete(BulkCapture capture) {
        if (!capture.count().complete()) {
            throw new NotObserved("the capture on " + capture.point() + " during " + capture.run()
                    + " is incomplete: the kernel dropped " + capture.count().dropped() + " packets");
        }
        return capture;
    }
}
