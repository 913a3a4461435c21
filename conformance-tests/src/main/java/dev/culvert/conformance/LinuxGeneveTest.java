package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.GeneveStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GeneveStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.GeneveStimuli.DOWN;
import static dev.culvert.harness.stimulus.GeneveStimuli.FRAMES;
import static dev.culvert.harness.stimulus.GeneveStimuli.HALF_A_HEADER;
import static dev.culvert.harness.stimulus.GeneveStimuli.ONLY_HEADER;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_PORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE_PORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.OWN_SOURCE;
import static dev.culvert.harness.stimulus.GeneveStimuli.SAME_AGAIN;
import static dev.culvert.harness.stimulus.GeneveStimuli.SECOND_PORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.SHORT;
import static dev.culvert.harness.stimulus.GeneveStimuli.UP;
import static dev.culvert.harness.stimulus.PositiveControl.AS_IT_SHOULD_BE;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.HostileStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.stream.Stream;

@ConformanceTest("drivers/net/geneve.c, which device takes a packet and what it makes of a frame")
final class LinuxGeneveTest {

    private static final String PROVOKED =
            "A composes packets as its device sends them, each with an echo request inside and something changed around it.";
    private static final String OBSERVED = "B's echo replies on A's tunnel device, ICMP errors on A's underlay.";

    private final Evidence evidence;

    LinuxGeneveTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-GENEVE-DEMUX",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_lookup",
            sentence =
                    "A device takes packets of its remote only: those of another source are dropped silently, and no device counts them.",
            provoked = PROVOKED + " An outer source that no device has as its remote.",
            observed = OBSERVED + " Udp InDatagrams of B over IPv4, rx_packets and rx_errors of its tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve",
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void otherSource(Judge judge) {
        ComposedPackets packets = ComposedPackets.beside(judge, evidence, DATAGRAMS);
        packets.ignored(judge, OTHER_SOURCE);
        if (evidence.topology().outerFamily() == Family.IPV4) {
            judge.control(
                    "every datagram but that with a wrong checksum and that to another port came as far as Geneve",
                    packets.window().delta(Place.B, "snmp.Udp.InDatagrams") == 6);
        }
        long taken = Stream.of(AS_IT_SHOULD_BE, CHECKSUM_OR_NONE, OTHER_SOURCE_PORT)
                .filter(packets::answered)
                .count();
        judge.equal("rx_packets of B's tunnel device", taken, packets.moved("rx_packets"));
        judge.equal("rx_errors of B's tunnel device", 0L, packets.moved("rx_errors"));
    }

    @Requirement(
            id = "LINUX-GENEVE-SOCKET",
            level = Level.LINUX,
            source =
                    "drivers/net/geneve.c geneve_open, geneve_sock_add; net/ipv4/udp.c __udp4_lib_rcv, net/ipv6/udp.c __udp6_lib_rcv",
            sentence =
                    "The port is open as long as a device on it is up: before, UDP answers with ICMP type 3 code 3, over IPv6 ICMPv6 type 1 code 4, then what no device is "
                            + "for is dropped silently.",
            provoked = PROVOKED
                    + " To a port that nothing listens on; to that of a second device, with another identifier, before and after it "
                    + "goes up.",
            observed = OBSERVED,
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve",
            needs = Trait.FRAMES)
    void portIsOpenWhileADeviceIsUp(Judge judge) {
        ComposedPackets.beside(judge, evidence, DATAGRAMS).refused(judge, OTHER_PORT);
        ComposedPackets packets = ComposedPackets.beside(judge, evidence, SECOND_PORT);
        judge.control(
                "the second device was made",
                packets.window().answer("second-made").exit() == 0);
        packets.refused(judge, DOWN);
        packets.ignored(judge, UP);
    }

    @Requirement(
            id = "LINUX-GENEVE-BUSY",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_configure, geneve_find_dev",
            sentence = "A second device with the same identifier, port and remote is refused.",
            provoked = "B tries to make a device like its own.",
            observed = "What \"ip link add\" says.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve",
            needs = {Trait.OWN_ENDS, Trait.FRAMES})
    void sameDeviceAgain(Judge judge) {
        CommandRecord said = evidence.during(SECOND_PORT).answer(SAME_AGAIN);
        judge.equal("refusal", "Device or resource busy", refusal(said));
    }

    private static String refusal(CommandRecord said) {
        return said.exit() == 0
                ? "none"
                : said.stderr()
                        .strip()
                        .replaceFirst("(?s).*RTNETLINK answers: ", "")
                        .replaceFirst("(?s)\n.*", "");
    }

    @Requirement(
            id = "LINUX-GENEVE-SMAC-LOOP",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_rx",
            sentence =
                    "A frame that comes from the device's own address is dropped, and so is one that says IPv4 and carries nothing; each is "
                            + "an error, the latter one of length.",
            provoked = PROVOKED,
            observed = OBSERVED + " rx_errors and rx_length_errors of B's tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve",
            needs = Trait.FRAMES)
    void ownSource(Judge judge) {
        ComposedPackets packets = ComposedPackets.beside(judge, evidence, FRAMES);
        packets.ignored(judge, OWN_SOURCE);
        judge.equal(
                "ICMP errors about \"" + ONLY_HEADER + "\"",
                0,
                packets.errorsAbout(ONLY_HEADER).size());
        judge.equal("rx_errors of B's tunnel device", 2L, packets.moved("rx_errors"));
        judge.equal("rx_length_errors of B's tunnel device", 1L, packets.moved("rx_length_errors"));
    }

    @Requirement(
            id = "LINUX-GENEVE-SHORT",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_udp_encap_recv, net/ipv4/ip_tunnel_core.c __iptunnel_pull_header",
            sentence =
                    "Half a Geneve header is dropped before any device is known; less than a frame's header is dropped by the device. Nobody "
                            + "is told.",
            provoked = PROVOKED,
            observed = "ICMP errors on A's underlay; rx_dropped and rx_packets of B's tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve",
            needs = Trait.FRAMES)
    void tooShort(Judge judge) {
        ComposedPackets frames = ComposedPackets.beside(judge, evidence, FRAMES);
        ComposedPackets datagrams = ComposedPackets.beside(judge, evidence, DATAGRAMS);
        judge.equal(
                "ICMP errors about \"" + HALF_A_HEADER + "\"",
                0,
                datagrams.errorsAbout(HALF_A_HEADER).size());
        judge.equal(
                "ICMP errors about \"" + SHORT + "\"",
                0,
                frames.errorsAbout(SHORT).size());
        judge.equal("rx_dropped of B's tunnel device", 1L, frames.moved("rx_dropped"));
        judge.equal("rx_packets of B's tunnel device", 1L, frames.moved("rx_packets"));
    }

    @Requirement(
            id = "LINUX-GENEVE-COUNTERS",
            level = Level.LINUX,
            source = "drivers/net/geneve.c geneve_rx, include/net/ip_tunnels.h dev_sw_netstats_rx_add",
            sentence =
                    "Each packet that is taken adds one to rx_packets and its length without the frame's header to rx_bytes; a frame that says "
                            + "IPv4 and carries less than such a header is an error of length.",
            provoked =
                    "A composes packets with honest and lying inner headers, with payloads too short, and one within another.",
            observed = "Statistics of B's tunnel device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = "geneve")
    void takenPacketsAreCounted(Judge judge) {
        Unwrapped packets = HostileInput.of(judge, evidence).packets();
        long header = evidence.topology().frameHeader();
        List<Long> lengths = packets.taken(evidence.topology());
        long bytes = lengths.stream().mapToLong(length -> length - header).sum();
        long tooShort = HostileStimuli.tiny(evidence.topology()).size();
        judge.equal("rx_packets of B's tunnel device", (long) lengths.size(), moved(packets, "rx_packets"));
        judge.equal("rx_bytes of B's tunnel device", bytes, moved(packets, "rx_bytes"));
        judge.equal("rx_errors of B's tunnel device", tooShort, moved(packets, "rx_errors"));
        judge.equal("rx_length_errors of B's tunnel device", tooShort, moved(packets, "rx_length_errors"));
        judge.equal("rx_dropped of B's tunnel device", 0L, moved(packets, "rx_dropped"));
    }

    private static long moved(Unwrapped packets, String counter) {
        return packets.window().tunnelDelta(Place.B, counter);
    }
}
