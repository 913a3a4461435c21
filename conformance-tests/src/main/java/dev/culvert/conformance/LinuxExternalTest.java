package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ExternalStimuli.MATCHED;
import static dev.culvert.harness.stimulus.ExternalStimuli.OWN_ENDS;
import static dev.culvert.harness.stimulus.ExternalStimuli.RECEIVER;
import static dev.culvert.harness.stimulus.ExternalStimuli.ROUTED;
import static dev.culvert.harness.stimulus.ExternalStimuli.SECOND;
import static dev.culvert.harness.stimulus.ExternalStimuli.STRANGE;
import static dev.culvert.harness.stimulus.ExternalStimuli.UNROUTED;
import static dev.culvert.harness.stimulus.ExternalStimuli.WITHOUT_METADATA;
import static dev.culvert.harness.stimulus.GreStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.KEY_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.OTHER_KEY;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.stimulus.IcmpErrorStimuli;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("Linux, devices in external mode, whose outer header routes say")
final class LinuxExternalTest {

    private static final String UNSAID =
            "A sends one packet to B and one to an address of the tunnel's subnet for which no route says an outer header.";
    private static final String STRANGER =
            "A composes a packet of a stranger, then one more when B also has a device with ends of "
                    + "its own that it matches.";

    private final Evidence evidence;

    LinuxExternalTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-EXT-NO-METADATA",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_md_tunnel_xmit; net/ipv6/ip6_tunnel.c ipxip6_tnl_xmit, ip6_tnl_start_xmit",
            sentence =
                    "A packet that no route gave an outer header is not sent, and counts as an error of the device in external mode.",
            provoked = UNSAID,
            observed = "The packets on A's underlay; tx_errors of A's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"ip6tnl", "ipip"},
            needs = Trait.EXTERNAL)
    void countsAnErrorWithoutAnOuterHeader(Judge judge) {
        withoutMetadata(judge, "tx_errors");
    }

    @Requirement(
            id = "LINUX-EXT-NO-METADATA-GRE",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_gre.c gre_fb_xmit, erspan_fb_xmit; net/ipv6/ip6_gre.c ip6gre_tunnel_xmit, ip6erspan_tunnel_xmit; drivers/net/geneve.c geneve_xmit",
            sentence =
                    "A packet that no route gave an outer header is not sent, and counts as dropped by the device in external mode.",
            provoked = UNSAID,
            observed = "The packets on A's underlay; tx_dropped of A's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "geneve", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap"},
            needs = Trait.EXTERNAL)
    void countsADropWithoutAnOuterHeader(Judge judge) {
        withoutMetadata(judge, "tx_dropped");
    }

    @Requirement(
            id = "LINUX-EXT-ANY-SOURCE",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_lookup; net/ipv6/ip6_tunnel.c ip6_tnl_lookup; net/ipv6/ip6_gre.c ip6gre_tunnel_lookup",
            sentence = "A device in external mode takes the packets of whatever encapsulator.",
            provoked = STRANGER,
            observed = "The first packet on B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"},
            needs = Trait.EXTERNAL)
    void takesPacketsOfAnySource(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, RECEIVER);
        packets.once(judge, STRANGE, packets.tunnel(Place.B));
    }

    @Requirement(
            id = "LINUX-EXT-LAST",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_lookup; net/ipv6/ip6_tunnel.c ip6_tnl_lookup; net/ipv6/ip6_gre.c ip6gre_tunnel_lookup",
            sentence = "A device with ends of its own that match takes a packet before the one in external mode.",
            provoked = STRANGER,
            observed = "rx packets of the device with ends of its own, and the second packet on B's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"},
            needs = Trait.EXTERNAL)
    void comesAfterADeviceThatMatches(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, RECEIVER);
        judge.control(
                "the packet that only the device in external mode takes came out of it",
                packets.of(STRANGE, packets.tunnel(Place.B)).size() == 1);
        Listing devices = Listing.of(packets.window().answer(OWN_ENDS));
        judge.equal("rx packets of " + OWN_ENDS, 1L, devices.count(OWN_ENDS, "rx", "packets"));
        judge.equal(
                "copies of the packet on B's tunnel device",
                0,
                packets.of(MATCHED, packets.tunnel(Place.B)).size());
    }

    @Requirement(
            id = "LINUX-EXT-ONE",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_newlink; net/ipv6/ip6_tunnel.c ip6_tnl_newlink; net/ipv6/ip6_gre.c ip6gre_newlink",
            sentence =
                    "A namespace has at most one device of a kind in external mode: a second one is refused as existing.",
            provoked = "B is told to make a second one.",
            observed = "How `ip link add` ends and what it says.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "gre", "gretap", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip"},
            needs = Trait.EXTERNAL)
    void isTheOnlyOneOfItsKind(Judge judge) {
        CommandRecord refused = evidence.during(RECEIVER).answer(SECOND);
        String command = "`" + String.join(" ", refused.argv()) + "`";
        judge.equal("exit status of " + command, 2, refused.exit());
        judge.holds(
                "what " + command + " says",
                "File exists",
                refused.stderr().contains("File exists"),
                refused.stderr().strip());
    }

    @Requirement(
            id = "RFC2003-4.1-EXTERNAL",
            level = Level.SHOULD,
            source = "RFC 2003 section 4.1",
            sentence =
                    "After an unreachable from within the tunnel the original sender is told; a device in external mode forgets it.",
            provoked =
                    "Host and network unreachables about encapsulated packets come to A; after each H sends J two packets.",
            observed = "ICMP errors at H; A's underlay for the two packets.",
            needs = {Trait.EXTERNAL, Trait.LAN, Trait.IP_PAYLOAD})
    void errorsAreForgotten(Judge judge) {
        OriginalSender sender = new OriginalSender(evidence, IcmpErrorStimuli.ERRORS);
        for (TunnelError error : List.of(TunnelError.HOST_UNREACHABLE, TunnelError.NET_UNREACHABLE)) {
            sender.provoked(judge, error);
            judge.known(
                    "ICMP errors to H after \"" + error.label() + "\"",
                    1,
                    0,
                    sender.toldAfter(error),
                    "net/ipv4/ipip.c ipip_err: ENOENT where the device has no remote");
        }
    }

    @Requirement(
            id = "LINUX-EXT-ANY-KEY",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_lookup; net/ipv4/ip_gre.c __ipgre_rcv; net/ipv6/ip6_gre.c ip6gre_tunnel_lookup",
            sentence =
                    "A device in external mode takes packets of every key and without one: the key is metadata, it tells no tunnels apart.",
            provoked = "A composes packets with another key than its route says, and with none.",
            observed = "B's echo replies on A's tunnel device.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = {Trait.EXTERNAL, Trait.COMPOSED})
    void takesPacketsOfAnyKey(Judge judge) {
        ComposedPackets packets = ComposedPackets.during(evidence, COMPOSED);
        packets.taken(judge, OTHER_KEY);
        packets.taken(judge, KEY_OR_NONE);
    }

    @Requirement(
            id = "LINUX-EXT-NO-CHECKSUM",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_rcv; net/ipv6/ip6_tunnel.c __ip6_tnl_rcv",
            sentence =
                    "A device in external mode drops a packet with a GRE checksum, though it is right, and counts an error of CRC.",
            provoked = "A composes a packet with a checksum, and one with a wrong one.",
            observed = "B's echo replies on A's tunnel device; rx_crc_errors of B's.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"gre", "gretap", "ip6gre", "ip6gretap"},
            needs = {Trait.EXTERNAL, Trait.COMPOSED})
    void dropsPacketsWithAChecksum(Judge judge) {
        ComposedPackets packets = ComposedPackets.beside(judge, evidence, COMPOSED);
        packets.ignored(judge, CHECKSUM_OR_NONE);
        judge.equal("rx_crc_errors of B's tunnel device", 1L, packets.moved("rx_crc_errors"));
    }

    private void withoutMetadata(Judge judge, String counter) {
        TunnelPackets packets = new TunnelPackets(evidence, WITHOUT_METADATA);
        judge.control(
                "the packet to B was sent",
                packets.of(ROUTED, packets.underlay(Place.A)).size() == 1);
        judge.equal(
                "copies of the other packet on A's underlay",
                0,
                packets.of(UNROUTED, packets.underlay(Place.A)).size());
        judge.equal(counter + " of A's tunnel device", 1L, packets.window().tunnelDelta(Place.A, counter));
    }
}
