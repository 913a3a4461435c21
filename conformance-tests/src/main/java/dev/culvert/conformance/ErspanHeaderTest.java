package dev.culvert.conformance;

import static dev.culvert.conformance.ErspanPackets.gre;
import static dev.culvert.conformance.ErspanPackets.header;
import static dev.culvert.conformance.ErspanPackets.typeII;
import static dev.culvert.harness.packet.ErspanHeader.COS;
import static dev.culvert.harness.packet.ErspanHeader.PROTOCOL_TYPE_2;
import static dev.culvert.harness.packet.ErspanHeader.PROTOCOL_TYPE_3;
import static dev.culvert.harness.packet.ErspanHeader.SESSION_ID;
import static dev.culvert.harness.packet.ErspanHeader.TRUNCATED;
import static dev.culvert.harness.packet.ErspanHeader.VERSION;
import static dev.culvert.harness.packet.ErspanHeader.VLAN;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.IPV4;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.IPV6;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.MIRRORED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.TAGGED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.TOS;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.labels;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Erspan2Header;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GreHeader;
import dev.culvert.harness.stimulus.ErspanMirrorStimuli;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("draft-foschiano-erspan-02 section 4, the headers")
final class ErspanHeaderTest {

    private static final String BY_ROUTE = " Into a device in external mode it sends ICMP messages by a route.";
    private static final String PROVOKED =
            "A mirrors into the tunnel what comes in from H: unicast, broadcast, to nobody, tagged, IPv4 with TOS 0xb8.";
    private static final String OBSERVED = "GRE and ERSPAN headers on A's underlay.";

    /** How the kernel tells of a tag that is in the frame (include/net/erspan.h {@code enum erspan_encap_type}). */
    private static final int TAG_KEPT = 3;

    /** Where a tagged frame has its data. */
    private static final int TAGGED_DATA = EthernetHeader.LENGTH + 4;

    private final Evidence evidence;

    ErspanHeaderTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "ERSPAN-GRE-HEADER",
            level = Level.MUST,
            source =
                    "draft-foschiano-erspan-02 sections 4.2, 4.3; net/ipv4/ip_gre.c erspan_xmit, net/ipv6/ip6_gre.c ip6erspan_tunnel_xmit",
            sentence =
                    "The GRE header of types II and III has S and no other flag, the protocol type 0x88be or 0x22eb, and a sequence number that "
                            + "starts at 0 and grows by one; the session id is not in it, although the device calls it \"key\".",
            provoked =
                    "A sends packets and mirrored frames through the tunnel, the first of all that its device sends.",
            observed = OBSERVED,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.ERSPAN_NUMBERED)
    void greHeaderHasASequenceNumberOnly(Judge judge) {
        int type = option("erspan_ver", 1) == 1 ? PROTOCOL_TYPE_2 : PROTOCOL_TYPE_3;
        // Into a device in external mode nothing can be mirrored.
        List<String> stimuli = evidence.topology().external()
                ? List.of(HeaderStimuli.AS_CONFIGURED)
                : List.of(HeaderStimuli.AS_CONFIGURED, MIRRORED);
        for (String stimulus : stimuli) {
            List<Seen> sent = ErspanPackets.during(evidence, stimulus).leaving();
            judge.control("A sent into the tunnel during " + stimulus, !sent.isEmpty());
            for (int n = 0; n < sent.size(); n++) {
                Seen seen = sent.get(n);
                GreHeader gre = gre(seen);
                judge.equal(
                        "flags and version of the GRE header",
                        0x1000,
                        gre.bytes().u16(0));
                judge.field(seen, gre, GreHeader.PROTOCOL_TYPE, type);
                long first = stimulus.equals(MIRRORED) ? number(sent.get(0)) : 0;
                judge.field(seen, gre, numberField(gre), first + n);
            }
        }
    }

    @Requirement(
            id = "ERSPAN-V0-HEADER",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4.1; net/ipv4/ip_gre.c erspan_xmit",
            sentence = "A packet of type I has four bytes of GRE, 0x0000 and 0x88be, and the frame right behind them.",
            provoked = PROVOKED,
            observed = OBSERVED,
            kinds = "erspan",
            needs = Trait.ERSPAN_I)
    void typeIHasNothingBetweenGreAndTheFrame(Judge judge) {
        ErspanPackets packets = ErspanPackets.during(evidence, MIRRORED);
        for (String label : labels(evidence.topology())) {
            packets.once(judge, label).ifPresent(seen -> {
                GreHeader gre = gre(seen);
                judge.equal("first four bytes of GRE", 0x88beL, gre.bytes().u32(0));
                judge.equal(
                        "what is behind them",
                        packets.frames().sent(label),
                        gre.packet().from(gre.offset() + 4));
            });
        }
    }

    @Requirement(
            id = "ERSPAN-WORD0",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 sections 4.2, 4.3; include/net/erspan.h struct erspan_base_hdr",
            sentence =
                    "The header begins with the version, 1 in type II and 2 in type III, and has T 0 where the frame is whole.",
            provoked = PROVOKED + BY_ROUTE,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.ERSPAN_NUMBERED)
    void beginsWithTheVersion(Judge judge) {
        each(judge, VERSION, option("erspan_ver", 1));
        each(judge, TRUNCATED, 0);
    }

    @Requirement(
            id = "ERSPAN-SESSION-ID",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 sections 4.2, 4.3; include/net/erspan.h set_session_id",
            sentence = "The session id is the \"key\" of the device, in the last ten bits of the first word.",
            provoked = PROVOKED + BY_ROUTE,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.ERSPAN_NUMBERED)
    void sessionIdIsTheKey(Judge judge) {
        each(judge, SESSION_ID, option("key", 0));
    }

    @Requirement(
            id = "ERSPAN-VLAN",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 sections 4.2, 4.3; include/net/erspan.h erspan_build_header",
            sentence =
                    "A tagged frame keeps its tag and has its VLAN in the header, and in type II En 3; one without a tag has VLAN 0 and En 0.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void vlanIsThatOfTheTag(Judge judge) {
        ErspanPackets packets = ErspanPackets.during(evidence, MIRRORED);
        for (String label : labels(evidence.topology())) {
            boolean tagged = label.equals(TAGGED);
            packets.once(judge, label).ifPresent(seen -> {
                judge.field(seen, header(seen), VLAN, tagged ? ErspanMirrorStimuli.VLAN : 0);
                if (option("erspan_ver", 1) == 1) {
                    judge.field(seen, typeII(seen), Erspan2Header.EN, tagged ? TAG_KEPT : 0);
                }
            });
        }
    }

    @Requirement(
            id = "ERSPAN-COS",
            level = Level.MUST,
            source =
                    "draft-foschiano-erspan-02 sections 4.2, 4.3; include/net/erspan.h tos_to_cos, erspan_build_header",
            sentence =
                    "The class of service is that of the frame, the priority of its tag; Linux takes the first three bits of the TOS of an IPv4 "
                            + "packet in it, and not of a tag; over IPv6 it takes what it carries for IPv6, whatever it is.",
            provoked = PROVOKED + " The tag has priority 3.",
            observed = OBSERVED,
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void classOfServiceIsThatOfTheFrame(Judge judge) {
        ErspanPackets packets = ErspanPackets.during(evidence, MIRRORED);
        boolean asIpv6 = evidence.topology().outerFamily() == Family.IPV6;
        String source = asIpv6
                ? "net/ipv6/ip6_gre.c ip6erspan_tunnel_xmit says of every frame that it is not IPv4: the class is made of bits 4 to 6 of what it carries"
                : "include/net/erspan.h tos_to_cos: the class is made of ip_hdr(skb)->tos";
        packets.once(judge, TAGGED)
                .ifPresent(seen -> judge.knownField(
                        seen,
                        header(seen),
                        COS,
                        3,
                        asIpv6 ? bits4to6(packets.frames().sent(TAGGED).u8(TAGGED_DATA)) : 0,
                        source));
        packets.once(judge, IPV4)
                .ifPresent(seen -> judge.knownField(
                        seen,
                        header(seen),
                        COS,
                        0,
                        asIpv6 ? bits4to6(packets.frames().sent(IPV4).u8(EthernetHeader.LENGTH)) : TOS >> 5,
                        source));
    }

    @Requirement(
            id = "ERSPAN-COS-IPV6",
            level = Level.LINUX,
            source = "net/ipv6/ip6_gre.c ip6erspan_tunnel_xmit, include/net/erspan.h tos_to_cos",
            sentence =
                    "The class of service of a frame with IPv6 is the first three bits of the packet's traffic class.",
            provoked =
                    "A sends packets of traffic class 0xb8 to 0xbb through the tunnel, and others of class 0, and mirrors one of 0xb8.",
            observed = OBSERVED,
            inside = Family.IPV6,
            outside = Family.IPV6,
            kinds = "ip6erspan",
            needs = {Trait.ERSPAN_NUMBERED, Trait.OWN_ENDS})
    void classOfServiceIsThatOfTheTrafficClass(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, HeaderStimuli.AS_CONFIGURED);
        for (String label : List.of("tos-b8", "tos-b9", "tos-ba", "tos-bb", "length-84")) {
            int trafficClass = label.startsWith("tos-") ? Integer.parseInt(label.substring(4), 16) : 0;
            packets.once(judge, label, packets.underlay(Place.A))
                    .ifPresent(seen -> judge.field(seen, header(seen), COS, trafficClass >> 5));
        }
        ErspanPackets.during(evidence, MIRRORED)
                .once(judge, IPV6)
                .ifPresent(seen -> judge.field(seen, header(seen), COS, TOS >> 5));
    }

    @Requirement(
            id = "ERSPAN-V1-INDEX",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4.2; include/net/erspan.h erspan_build_header",
            sentence = "The second word of type II is 12 bits 0 and the index of 20 bits, that of option \"erspan\".",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.ERSPAN_II)
    void secondWordIsTheIndex(Judge judge) {
        each(judge, Erspan2Header.RESERVED, 0);
        each(judge, Erspan2Header.INDEX, option("erspan", 0));
    }

    /** Where IPv6 has the first three bits of its traffic class, behind the version (RFC 8200 section 3). */
    private static int bits4to6(int first) {
        return (first & 0xe) >> 1;
    }

    private void each(Judge judge, Field field, long expected) {
        if (evidence.topology().external()) {
            // Nothing can be mirrored into such a device, so that these are packets by its routes.
            List<Seen> sent =
                    ErspanPackets.during(evidence, HeaderStimuli.AS_CONFIGURED).leaving();
            judge.control("A sent into the tunnel", !sent.isEmpty());
            sent.forEach(seen -> judge.field(seen, header(seen), field, expected));
            return;
        }
        ErspanPackets packets = ErspanPackets.during(evidence, MIRRORED);
        labels(evidence.topology())
                .forEach(label ->
                        packets.once(judge, label).ifPresent(seen -> judge.field(seen, header(seen), field, expected)));
    }

    private int option(String name, int otherwise) {
        return ErspanOptions.number(evidence.topology(), name, otherwise);
    }

    private static long number(Seen seen) {
        GreHeader gre = gre(seen);
        return numberField(gre).of(gre);
    }

    private static Field numberField(GreHeader gre) {
        return gre.sequenceNumber().orElseThrow(() -> new NotObserved("no sequence number in " + gre));
    }
}
