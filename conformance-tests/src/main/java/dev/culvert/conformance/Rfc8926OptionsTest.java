package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GeneveStimuli.BESIDE_EXTERNAL;
import static dev.culvert.harness.stimulus.GeneveStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.GeneveStimuli.HEADERS;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_VNI;
import static dev.culvert.harness.stimulus.GeneveStimuli.SAME_AGAIN;
import static dev.culvert.harness.stimulus.GeneveStimuli.SECOND_PORT;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.GeneveHeader;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.Place;
import java.util.Collections;
import java.util.List;

@ConformanceTest(
        "RFC 8926, the options of a Geneve header, and drivers/net/geneve.c in external mode, where routes say them")
@SpeaksOf(
        outside = {Family.IPV4, Family.IPV6},
        kinds = "geneve")
final class Rfc8926OptionsTest {

    private static final String PROVOKED =
            "A sends ICMP messages of several lengths by a route that says options of the Geneve header.";
    private static final String COMPOSED =
            "A composes packets as its device sends them, each with an echo request inside and something changed around it.";
    private static final List<String> PACKETS = List.of("length-28", "length-29", "length-84");

    private final Evidence evidence;
    private final List<GeneveTunnelOption> options;

    Rfc8926OptionsTest(Evidence evidence) {
        this.evidence = evidence;
        this.options = GeneveTunnelOption.of(evidence.topology().a().tunnel().options());
    }

    @Requirement(
            id = "RFC8926-3.5-OPTIONS-TX",
            level = Level.MUST,
            source = "RFC 8926 section 3.5; net/ipv4/ip_tunnel_core.c ip_tun_parse_opts_geneve",
            sentence =
                    "Behind the header are the options that the route says, in its order: class, type, three bits that are 0, the length of the data in "
                            + "words, and the data.",
            provoked = PROVOKED,
            observed = "The bytes between Geneve header and frame, on A's underlay.",
            needs = Trait.GENEVE_OPTIONS)
    void optionsAreThoseOfTheRoute(Judge judge) {
        Bytes expected = Bytes.of(GeneveTunnelOption.bytes(options));
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        for (String label : PACKETS) {
            packets.once(judge, label, packets.underlay(Place.A)).ifPresent(seen -> {
                GeneveHeader geneve = geneve(seen);
                judge.equal(
                        "options of \"" + label + "\"",
                        expected,
                        geneve.payload().slice(0, expected.length()),
                        seen,
                        geneve.offset() + GeneveHeader.LENGTH,
                        expected.length());
            });
        }
    }

    @Requirement(
            id = "RFC8926-3.5-C-TX",
            level = Level.MUST,
            source = "RFC 8926 sections 3.4 and 3.5",
            sentence =
                    "C is set where one of the options is critical; Linux leaves it off, for a route says options and no bits of the header.",
            provoked = PROVOKED,
            observed = "C of the Geneve header of every packet, on A's underlay.",
            needs = Trait.CRITICAL_GENEVE_OPTION)
    void criticalOptionsAreAnnounced(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, AS_CONFIGURED);
        List<Integer> bits = PACKETS.stream()
                .flatMap(label -> packets.once(judge, label, packets.underlay(Place.A)).stream())
                .map(seen -> (int) GeneveHeader.CRITICAL.of(geneve(seen)))
                .toList();
        judge.known(
                "C of the packets",
                Collections.nCopies(PACKETS.size(), 1),
                Collections.nCopies(PACKETS.size(), 0),
                bits,
                "drivers/net/geneve.c geneve_build_header sets it by TUNNEL_CRIT_OPT, which ip_tun_parse_opts_geneve in "
                        + "net/ipv4/ip_tunnel_core.c does not set");
    }

    @Requirement(
            id = "LINUX-GENEVE-EXT-ANY",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_lookup_skb",
            sentence =
                    "A device in external mode takes the packets of every virtual network and of whatever encapsulator: both are metadata.",
            provoked = COMPOSED + " The identifier with its last bit changed; an outer source that nobody has.",
            observed = "B's echo replies on A's tunnel device.",
            needs = Trait.EXTERNAL)
    void takesEveryNetworkAndSource(Judge judge) {
        ComposedPackets headers = ComposedPackets.during(evidence, HEADERS);
        judge.control("a packet as it should be was answered", headers.answered(AS_IT_SHOULD_BE));
        headers.taken(judge, OTHER_VNI);
        ComposedPackets.during(evidence, DATAGRAMS).taken(judge, OTHER_SOURCE);
    }

    @Requirement(
            id = "LINUX-GENEVE-EXT-ALONE",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_configure, geneve_find_dev",
            sentence =
                    "A device in external mode has its port for itself: a second one on it is refused as busy, and so is one with an identifier and "
                            + "a remote, with the reason.",
            provoked = "B tries to make a device like its own, and one with identifier and remote on the same port.",
            observed = "What \"ip link add\" says.",
            needs = Trait.EXTERNAL)
    void hasItsPortForItself(Judge judge) {
        refused(judge, SAME_AGAIN, "Device or resource busy");
        refused(judge, BESIDE_EXTERNAL, "an externally controlled device on this destination port");
    }

    private void refused(Judge judge, String answer, String error) {
        CommandRecord said = evidence.during(SECOND_PORT).answer(answer);
        String command = "`" + String.join(" ", said.argv()) + "`";
        judge.equal("exit status of " + command, 2, said.exit());
        judge.holds(
                "what " + command + " says",
                error,
                said.stderr().contains(error),
                said.stderr().strip());
    }

    private static GeneveHeader geneve(Seen seen) {
        return seen.dissect()
                .first(GeneveHeader.class)
                .orElseThrow(() -> new NotObserved(
                        "no Geneve header in packet " + seen.packet().index() + " of " + seen.at()));
    }
}
