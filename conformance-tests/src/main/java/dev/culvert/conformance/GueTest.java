package dev.culvert.conformance;

import static dev.culvert.harness.packet.GueHeader.CONTROL;
import static dev.culvert.harness.packet.GueHeader.FLAGS;
import static dev.culvert.harness.packet.GueHeader.HLEN;
import static dev.culvert.harness.packet.GueHeader.PROTO;
import static dev.culvert.harness.packet.GueHeader.VERSION;
import static dev.culvert.harness.stimulus.GueStimuli.OPEN_CHECKSUM;
import static dev.culvert.harness.stimulus.GueStimuli.PORT;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GueHeader;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

@ConformanceTest("draft-ietf-intarea-gue-09, the GUE header as it is sent")
@SpeaksOf(
        kinds = {"gre", "gretap", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "sit"},
        inside = {Family.IPV4, Family.IPV6},
        outside = {Family.IPV4, Family.IPV6})
final class GueTest {

    private static final String PROVOKED = "A sends ICMP messages of different lengths through the tunnel.";
    private static final long PRIVATE_REMOTE_CHECKSUM = 0x8000_0000L;
    private static final int UDP = 17;
    private static final int UDP_CHECKSUM = 6;

    private final Evidence evidence;
    private final Topology topology;

    GueTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "GUE-BYTE0",
            level = Level.MUST,
            source = "draft-ietf-intarea-gue-09 section 3; net/ipv4/fou_core.c __gue_build_header",
            sentence = "A data message without optional fields begins with version 0, the control bit off and hlen 0.",
            provoked = PROVOKED,
            observed = "First byte of the GUE header, on A's underlay.",
            needs = Trait.GUE)
    void firstByte(Judge judge) {
        fieldOfEach(judge, VERSION, 0);
        fieldOfEach(judge, CONTROL, 0);
        fieldOfEach(judge, HLEN, 0);
    }

    @Requirement(
            id = "GUE-PROTO",
            level = Level.MUST,
            source = "draft-ietf-intarea-gue-09 section 3; net/ipv4/fou_core.c __gue_build_header",
            sentence =
                    "The second byte of a data message is the IP protocol of what follows: 4 for IPv4, 41 for IPv6, 47 for GRE.",
            provoked = PROVOKED,
            observed = "Second byte of the GUE header, on A's underlay.",
            needs = {Trait.GUE, Trait.IP_PAYLOAD})
    void protocol(Judge judge) {
        fieldOfEach(
                judge,
                PROTO,
                topology.kind()
                        .outerProtocol(
                                topology.a().tunnel().options(),
                                topology.carriedAs(topology.innerFamily().carried())));
    }

    @Requirement(
            id = "GUE-FLAGS",
            level = Level.MUST,
            source = "draft-ietf-intarea-gue-09 section 3; net/ipv4/fou_core.c __gue_build_header",
            sentence =
                    "The flags are 0 where no optional field follows; an ICMP message, whose sender makes its checksum, needs none.",
            provoked = PROVOKED,
            observed = "Third and fourth byte of the GUE header, on A's underlay.",
            needs = Trait.GUE)
    void flags(Judge judge) {
        fieldOfEach(judge, FLAGS, 0);
    }

    @Requirement(
            id = "GUE-REMCSUM",
            level = Level.LINUX,
            source = "net/ipv4/fou_core.c __gue_build_header, include/net/gue.h",
            sentence =
                    "With \"encap-remcsum\" a packet whose checksum is left to the device leaves with it open, and two words of GUE's say so: "
                            + "where to start to sum up, and where to put the sum.",
            provoked = "A sends a UDP datagram from a socket, the tunnel device's checksum offload on.",
            observed =
                    "Hlen, flags and optional fields of the GUE header, and the inner UDP checksum, which is only that of the pseudo header, on "
                            + "A's underlay; B's ICMP error, which shows that B took it for right.",
            needs = {Trait.REMOTE_CHECKSUM, Trait.ROUTED})
    void openChecksumIsLeftToTheFarEnd(Judge judge) {
        Window window = evidence.during(OPEN_CHECKSUM);
        judge.control("the offload was on", window.answer("offload").exit() == 0);
        judge.control("the datagram was sent", window.answer("sent").exit() == 0);
        List<Seen> datagrams = window.atUnderlay(Place.A).stream()
                .filter(seen -> inner(seen).isPresent())
                .toList();
        judge.equal("times that the datagram left A", 1, datagrams.size());
        for (Seen seen : datagrams) {
            GueHeader gue = gue(seen);
            UdpHeader udp = inner(seen).orElseThrow();
            int start = udp.offset() - gue.offset() - gue.length();
            judge.field(seen, gue, HLEN, 2);
            judge.field(seen, gue, FLAGS, 1);
            optional(judge, seen, gue, "private flags", gue.privateFlags(), PRIVATE_REMOTE_CHECKSUM);
            optional(judge, seen, gue, "checksum start", gue.checksumStart(), start);
            optional(judge, seen, gue, "checksum offset", gue.checksumOffset(), start + UDP_CHECKSUM);
            judge.field(seen, udp, UdpHeader.CHECKSUM, pseudoHeader(seen, udp));
        }
        judge.equal(
                "ICMP type 3 code 3, or ICMPv6 type 1 code 4, from B about the datagram, out of A's tunnel device",
                1L,
                window.atTunnel(Place.A).stream()
                        .filter(seen -> isNoSuchPort(seen.dissect()))
                        .count());
    }

    private static boolean isNoSuchPort(Dissection error) {
        return error.icmp().filter(icmp -> icmp.type() == 3 && icmp.code() == 3).isPresent()
                || error.icmpv6()
                        .filter(icmp -> icmp.type() == 1 && icmp.code() == 4)
                        .isPresent();
    }

    /** What is left of a checksum of which all but the pseudo header is missing: the sum, not its complement. */
    private static int pseudoHeader(Seen seen, UdpHeader udp) {
        IpHeader ip = TunnelPackets.innerIp(seen);
        int sum = new InternetChecksum()
                .addPseudoHeader(ip.source(), ip.destination(), UDP, udp.datagramLength())
                .value();
        return sum ^ 0xffff;
    }

    private static void optional(
            Judge judge, Seen seen, GueHeader gue, String name, Optional<Field> field, long expected) {
        field.ifPresentOrElse(
                present -> judge.field(seen, gue, present, expected),
                () -> judge.equal("gue " + name, expected, "none", seen, gue.offset(), gue.length()));
    }

    /** The UDP header within the tunnel that is addressed to {@link dev.culvert.harness.stimulus.GueStimuli#PORT}. */
    private static Optional<UdpHeader> inner(Seen seen) {
        return seen.dissect()
                .all(UdpHeader.class)
                .skip(1)
                .filter(udp -> udp.destinationPort() == PORT)
                .findFirst();
    }

    private void fieldOfEach(Judge judge, Field field, long expected) {
        each(judge, seen -> judge.field(seen, gue(seen), field, expected));
    }

    private void each(Judge judge, Consumer<Seen> check) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : HeaderStimuli.lengthLabels(topology.innerFamily())) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(check);
        }
    }

    private static GueHeader gue(Seen seen) {
        return seen.dissect()
                .first(GueHeader.class)
                .orElseThrow(() -> new NotObserved(
                        "no GUE header in packet " + seen.packet().index() + " of " + seen.at()));
    }
}
