package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.EspInUdpStimuli.AT_THE_END;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.KEEPALIVE;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.MARKED;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.NOT_IN_UDP;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.OTHER_PORT;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WAITING_AFTER_KEEPALIVE;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WAITING_AFTER_MARKED;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WAITING_BEFORE;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WITHOUT_CHECKSUM;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WITH_CHECKSUM;
import static dev.culvert.harness.stimulus.EspInUdpStimuli.WRONG_CHECKSUM;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.EspHeader;
import dev.culvert.harness.packet.InternetChecksum;
import dev.culvert.harness.packet.IpHeader;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

@ConformanceTest("RFC 3948, ESP within UDP")
@SpeaksOf(
        kinds = {"vti", "vti6"},
        needs = Trait.ESP_IN_UDP)
class Rfc3948Test {

    private final Evidence evidence;
    private final boolean overIpv6;

    Rfc3948Test(Evidence evidence) {
        this.evidence = evidence;
        this.overIpv6 = evidence.topology().outerFamily() == Family.IPV6;
    }

    /** Requests that are ESP within UDP, and right: with a checksum, from another port, at the end, and over IPv4 without a checksum. */
    private long taken() {
        return overIpv6 ? 3 : 4;
    }

    @Requirement(
            id = "RFC3948-2.1-FRAME",
            level = Level.MUST,
            source =
                    "RFC 3948 section 2.1; net/ipv4/esp4.c esp_output_udp_encap, net/ipv6/esp6.c esp6_output_udp_encap",
            sentence =
                    "What leaves is a datagram between the ports of the state, as long as it says; ESP is right behind the UDP header, so that "
                            + "its first four bytes are the SPI, which is never 0.",
            provoked = "A sends ICMP messages of many shapes.",
            observed = "UDP header, and the four bytes behind it, of everything that leaves A for B, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void espIsRightBehindUdp(Judge judge) {
        Esp esp = Objects.requireNonNull(evidence.topology().esp());
        for (Seen seen : sent(judge)) {
            UdpHeader udp = udp(seen);
            judge.field(seen, udp, UdpHeader.SOURCE_PORT, Objects.requireNonNull(esp.udpPort()));
            judge.field(seen, udp, UdpHeader.DESTINATION_PORT, esp.udpPort());
            judge.field(
                    seen,
                    udp,
                    UdpHeader.LENGTH_FIELD,
                    TunnelPackets.outerIp(seen).payload().length());
            int behind = udp.offset() + UdpHeader.LENGTH;
            judge.equal(
                    "four bytes behind the UDP header",
                    esp.aToB().spi(),
                    seen.packet().bytes().u32(behind),
                    seen,
                    behind,
                    4);
        }
    }

    @Requirement(
            id = "RFC3948-2.1-CHECKSUM-OUT",
            level = Level.SHOULD,
            source = "RFC 3948 section 2.1; net/ipv4/esp4.c esp_output_udp_encap",
            sentence = "The UDP checksum of what leaves is 0.",
            provoked = "A sends ICMP messages of many shapes.",
            observed = "UDP checksum of everything that leaves A for B, on A's underlay.",
            kinds = "vti")
    void nothingLeavesWithAChecksum(Judge judge) {
        for (Seen seen : sent(judge)) {
            judge.field(seen, udp(seen), UdpHeader.CHECKSUM, 0);
        }
    }

    @Requirement(
            id = "RFC3948-2.1-CHECKSUM-IN",
            level = Level.MUST,
            source = "RFC 3948 section 2.1, RFC 1122 section 4.1.3.4; net/ipv4/udp.c udp_queue_rcv_one_skb",
            sentence =
                    "A datagram is taken without a checksum and with a right one; one whose checksum is wrong is dropped and counted.",
            provoked =
                    "A composes protected packets within UDP: without a checksum, with a right one and with a wrong one.",
            observed = "Echo replies on A's tunnel device; Udp InCsumErrors of B.",
            kinds = "vti")
    void checksumMayBeThereAndMustBeRight(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, DATAGRAMS);
        packets.taken(judge, WITHOUT_CHECKSUM);
        packets.taken(judge, WITH_CHECKSUM);
        packets.ignored(judge, WRONG_CHECKSUM);
        judge.equal("Udp InCsumErrors of B", 1L, packets.window().delta(Place.B, "snmp.Udp.InCsumErrors"));
    }

    @Requirement(
            id = "RFC8200-8.1-ESPINUDP-OUT",
            level = Level.MUST,
            source = "RFC 8200 section 8.1; net/ipv6/esp6.c esp_output_encap_csum",
            sentence = "Over IPv6 what leaves within UDP has a checksum, and the right one.",
            provoked = "A sends ICMP messages of many shapes.",
            observed = "UDP checksum of everything that leaves A for B, on A's underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = "vti6")
    void everythingLeavesWithAChecksumOverIpv6(Judge judge) {
        for (Seen seen : sent(judge)) {
            UdpHeader udp = udp(seen);
            judge.equal(
                    "UDP checksum",
                    "right",
                    isRight(seen, udp) ? "right" : UdpHeader.CHECKSUM.text(udp),
                    seen,
                    udp.offset() + 6,
                    2);
        }
    }

    @Requirement(
            id = "RFC8200-8.1-ESPINUDP-IN",
            level = Level.MUST,
            source = "RFC 8200 section 8.1; net/ipv6/udp.c __udp6_lib_rcv",
            sentence = "Over IPv6 a datagram without a checksum is dropped, as one with a wrong checksum is.",
            provoked =
                    "A composes protected packets within UDP: with a right checksum, with a wrong one and without any.",
            observed = "Echo replies on A's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = "vti6")
    void nothingIsTakenWithoutAChecksumOverIpv6(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, DATAGRAMS);
        packets.taken(judge, WITH_CHECKSUM);
        packets.ignored(judge, WITHOUT_CHECKSUM);
        packets.ignored(judge, WRONG_CHECKSUM);
    }

    @Requirement(
            id = "RFC3948-2.2-MARKER",
            level = Level.MUST,
            source =
                    "RFC 3948 sections 2.2 and 3.2; net/ipv4/xfrm4_input.c xfrm4_udp_encap_rcv, net/ipv6/xfrm6_input.c xfrm6_udp_encap_rcv",
            sentence =
                    "A datagram that begins with four bytes of zero is not ESP, whatever follows: it is left to who exchanges keys at the port.",
            provoked = "A composes a protected packet as it should be, but with four bytes of zero before it.",
            observed = "Echo requests on B's tunnel device; what waits to be read at B's port, as `ss` shows it.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void markedDatagramIsLeftToTheSocket(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, DATAGRAMS);
        packets.taken(judge, AT_THE_END);
        judge.equal("what waits at B's port before \"" + MARKED + "\"", 0L, waiting(packets, WAITING_AFTER_KEEPALIVE));
        long after = waiting(packets, WAITING_AFTER_MARKED);
        judge.holds("what waits at B's port after \"" + MARKED + "\"", "more than 0", after > 0, String.valueOf(after));
        judge.equal("echo requests that came out of the tunnel", taken(), packets.echoesTaken());
    }

    @Requirement(
            id = "RFC3948-2.3-KEEPALIVE",
            level = Level.SHOULD,
            source =
                    "RFC 3948 section 2.3; net/ipv4/xfrm4_input.c xfrm4_udp_encap_rcv, net/ipv6/xfrm6_input.c xfrm6_udp_encap_rcv",
            sentence =
                    "A datagram of one byte, 0xff, keeps a NAT's binding alive and is ignored: nobody is given it, and nobody is told.",
            provoked = "A sends B's port such a datagram.",
            observed =
                    "What waits to be read at B's port, as `ss` shows it; ICMP errors on A's underlay; rx_errors of B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void keepaliveIsIgnored(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, DATAGRAMS);
        judge.control(
                "the keepalive came to B's underlay",
                packets.window().atUnderlay(Place.B).stream().anyMatch(Rfc3948Test::isKeepalive));
        judge.equal("what waits at B's port before \"" + KEEPALIVE + "\"", 0L, waiting(packets, WAITING_BEFORE));
        judge.equal(
                "what waits at B's port after \"" + KEEPALIVE + "\"", 0L, waiting(packets, WAITING_AFTER_KEEPALIVE));
        judge.equal(
                "ICMP errors on A's underlay",
                0L,
                packets.window().atUnderlay(Place.A).stream()
                        .filter(seen -> seen.dissect().quoted().isPresent())
                        .count());
        judge.equal(
                "rx_errors of B's tunnel device, but for \"" + NOT_IN_UDP + "\"",
                0L,
                packets.window().tunnelDelta(Place.B, "rx_errors") - 1);
    }

    @Requirement(
            id = "LINUX-ESPINUDP-PORT",
            level = Level.LINUX,
            source = "net/ipv4/esp4.c esp_input_done2, net/ipv6/esp6.c esp6_input_done2 (km_new_mapping)",
            sentence =
                    "A packet is taken also when a NAT gave it another source port; the kernel only tells who exchanges keys, and goes on "
                            + "answering to the port of the state.",
            provoked = "A composes a protected packet within UDP from another port than the state's.",
            observed = "Echo replies on A's tunnel device; destination port of everything that left B by its SPI.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void otherSourcePortIsTaken(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, DATAGRAMS);
        packets.taken(judge, OTHER_PORT);
        List<Seen> answers = packets.sentBy(Place.B);
        judge.equal("packets that B answered by", taken(), (long) answers.size());
        int port = Objects.requireNonNull(packets.esp().udpPort());
        answers.forEach(seen -> judge.field(seen, udp(seen), UdpHeader.DESTINATION_PORT, port));
    }

    @Requirement(
            id = "LINUX-ESPINUDP-ONLY",
            level = Level.LINUX,
            source = "net/xfrm/xfrm_input.c xfrm_input (encap_type)",
            sentence =
                    "A state that is within UDP opens nothing that comes without: the packet is dropped, an rx error of the device, and counted as "
                            + "XfrmInStateMismatch.",
            provoked = "A composes a protected packet right behind the outer header.",
            observed = "Echo replies on A's tunnel device; XfrmInStateMismatch of B; rx_errors of B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6})
    void packetWithoutUdpIsRefused(Judge judge) {
        ProtectedPackets packets = ProtectedPackets.during(evidence, DATAGRAMS);
        packets.taken(judge, AT_THE_END);
        packets.ignored(judge, NOT_IN_UDP);
        judge.equal("XfrmInStateMismatch of B", 1L, packets.xfrm(Place.B, "XfrmInStateMismatch"));
        judge.equal("rx_errors of B's tunnel device", 1L, packets.window().tunnelDelta(Place.B, "rx_errors"));
    }

    /** Everything that left A for B. */
    private List<Seen> sent(Judge judge) {
        List<Seen> sent = new TunnelPackets(evidence, AS_CONFIGURED).leaving(Place.A);
        judge.control("A sent something to B", !sent.isEmpty());
        return sent;
    }

    private static UdpHeader udp(Seen seen) {
        return seen.dissect()
                .first(UdpHeader.class)
                .orElseThrow(() ->
                        new NotObserved("packet " + seen.packet().index() + " of " + seen.at() + " is not within UDP"));
    }

    /** Whether there is a checksum, and the right one of the bytes as they were on the wire: {@link Seen#dissect} opens what is protected. */
    private static boolean isRight(Seen seen, UdpHeader udp) {
        IpHeader outer = TunnelPackets.outerIp(seen);
        return udp.checksum() != 0
                && new InternetChecksum()
                                .addPseudoHeader(outer.source(), outer.destination(), 17, udp.datagramLength())
                                .add(seen.packet().bytes().slice(udp.offset(), udp.datagramLength()))
                                .value()
                        == 0;
    }

    private static boolean isKeepalive(Seen seen) {
        return seen.dissect().first(EspHeader.class).isEmpty()
                && seen.dissect()
                        .udp()
                        .filter(udp -> udp.datagramLength() == UdpHeader.LENGTH + 1)
                        .isPresent();
    }

    /** Memory that datagrams take which wait at B's port, in bytes: the second word of what ss(8) says of the socket, Recv-Q. */
    private static long waiting(ProtectedPackets packets, String answer) {
        String said = packets.window().answer(answer).stdout().strip();
        String[] words = said.split("\\s+", -1);
        if (words.length < 2 || !words[1].matches("[0-9]+")) {
            throw new NotObserved("ss knows of no socket at B's port: it says \"" + said + "\"");
        }
        return Long.parseLong(words[1]);
    }
}
