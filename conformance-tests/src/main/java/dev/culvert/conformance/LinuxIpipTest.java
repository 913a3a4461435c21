package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.HONEST;
import static dev.culvert.harness.stimulus.HostileStimuli.IPV6;
import static dev.culvert.harness.stimulus.HostileStimuli.OTHER_VERSION;
import static dev.culvert.harness.stimulus.ModeStimuli.DEFAULT;
import static dev.culvert.harness.stimulus.ModeStimuli.DEVICES;
import static dev.culvert.harness.stimulus.ModeStimuli.IP_INTO_MPLS;
import static dev.culvert.harness.stimulus.ModeStimuli.IP_PACKETS;
import static dev.culvert.harness.stimulus.ModeStimuli.LABELLED_PACKETS;
import static dev.culvert.harness.stimulus.ModeStimuli.MODES;
import static dev.culvert.harness.stimulus.ModeStimuli.MPLS_ONLY;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Place;
import java.util.List;

@ConformanceTest("net/ipv4/ipip.c, what a device takes and what it gives")
class LinuxIpipTest {

    private static final String MODE = "/linkinfo/info_data/proto";

    private final Evidence evidence;

    LinuxIpipTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-IPIP-MODE-DEFAULT",
            level = Level.LINUX,
            source =
                    "iproute2 ip/link_iptnl.c iptunnel_parse_opt, net/ipv4/ipip.c ipip_tunnel_rcv, net/ipv6/sit.c sit_tunnel_rcv",
            sentence =
                    "A device that is told no mode is of mode \"any\": it takes IPv4 and MPLS; one that is told a mode has it.",
            provoked = "B makes a device without a mode; A composes outer packets of protocol 4 and 137 for it.",
            observed = "What `ip -d link` says of that device and of the topology's own; rx packets of that device.",
            labelledAlone = true,
            kinds = {"ipip", "sit"})
    void modeIsAnyUnlessTold(Judge judge) {
        Listing devices = Listing.of(evidence.during(MODES).answer(DEVICES));
        judge.equal(
                "mode of a device that is told none",
                "any",
                devices.link(DEFAULT).at(MODE).asText());
        judge.equal(
                "rx packets of a device that is told no mode, given IPv4 and MPLS",
                (long) IP_PACKETS + LABELLED_PACKETS,
                devices.count(DEFAULT, "rx", "packets"));
        for (Endpoint end : List.of(evidence.topology().a(), evidence.topology().b())) {
            String device = end.tunnel().device();
            judge.equal(
                    "mode of " + device + " on " + end.place().id(),
                    // The kernel makes the fallback device without a protocol too (ip_tunnel_init_net).
                    end.tunnel().options().asWords().get("mode"),
                    evidence.configured(end.place()).link(device).at(MODE).asText());
        }
    }

    @Requirement(
            id = "LINUX-IPIP-TX-PROTO-CHECK",
            level = Level.LINUX,
            source = "net/ipv4/ipip.c ipip_tunnel_xmit",
            sentence =
                    "A device does not send what its mode does not carry: IPv4 given to mode \"mplsip\" is a tx error.",
            provoked = "B routes an ICMP message into a device of mode mplsip.",
            observed = "tx errors and tx packets of that device; B's underlay, which carries other packets meanwhile.")
    void payloadOfAnotherModeIsNotSent(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, MODES);
        packets.window().sent(IP_INTO_MPLS);
        judge.control(
                "packets for the devices came to B",
                !packets.window().atUnderlay(Place.B).isEmpty());
        Listing devices = Listing.of(packets.window().answer(DEVICES));
        judge.equal("tx errors of the device of mode mplsip", 1L, devices.count(MPLS_ONLY, "tx", "errors"));
        judge.equal("tx packets of the device of mode mplsip", 0L, devices.count(MPLS_ONLY, "tx", "packets"));
        judge.equal(
                "times that the packet was encapsulated",
                0,
                packets.of(IP_INTO_MPLS, packets.underlay(Place.B)).size());
    }

    @Requirement(
            id = "LINUX-IPIP-DECAP-NIBBLE",
            level = Level.LINUX,
            source = "net/ipv4/ipip.c ipip_tunnel_rcv, net/ipv4/ip_input.c ip_rcv_core",
            sentence =
                    "The tunnel does not look at the inner version: an IPv6 packet behind protocol 4 is counted as received and then "
                            + "dropped by IPv4 input, without an ICMP error.",
            provoked = "A composes an outer packet of protocol 4 that carries an IPv6 header.",
            observed =
                    "B's tunnel device, its rx_packets, Ip InHdrErrors; ICMP errors on A's underlay, beside an answered echo.")
    void innerVersionIsLeftToTheInput(Judge judge) {
        Unwrapped packets = Unwrapped.during(evidence, OTHER_VERSION);
        judge.control("an echo request beside it was answered", packets.answered(HONEST));
        judge.equal(
                "times that the IPv6 packet came out of B's tunnel device",
                1,
                packets.out(IPV6).size());
        judge.equal("rx_packets of B's tunnel device", 2L, packets.window().tunnelDelta(Place.B, "rx_packets"));
        judge.equal("Ip InHdrErrors of B", 1L, packets.window().delta(Place.B, "snmp.Ip.InHdrErrors"));
        judge.equal("ICMP errors to A", 0, packets.errors().size());
    }
}
