package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.HONEST;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.stimulus.HostileStimuli;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation;
import java.util.List;

@ConformanceTest("net/ipv4/ip_tunnel.c ip_tunnel_rcv, what the device counts")
class LinuxReceiveCountersTest {

    private final Evidence evidence;

    LinuxReceiveCountersTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-COUNTERS-RX",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_rcv, include/net/ip_tunnels.h dev_sw_netstats_rx_add",
            sentence =
                    "Each decapsulation adds one to rx_packets and the inner bytes to rx_bytes; what the inner IP input makes of "
                            + "the packet does not change that, and what is not decapsulated adds nothing.",
            provoked =
                    "A composes outer packets with honest and lying inner headers, with payloads too short, and one within another.",
            observed = "Statistics of B's tunnel device.",
            needs = Trait.COMPOSED,
            kinds = {"erspan", "gre", "gretap", "ipip", "sit"})
    void decapsulatedPacketsAreCounted(Judge judge) {
        Unwrapped packets = HostileInput.of(judge, evidence).packets();
        List<Long> lengths = packets.taken(evidence.topology());
        long bytes = lengths.stream().mapToLong(length -> length).sum();
        judge.equal("rx_packets of B's tunnel device", (long) lengths.size(), moved(packets, "rx_packets"));
        judge.equal("rx_bytes of B's tunnel device", bytes, moved(packets, "rx_bytes"));
        judge.equal("rx_errors of B's tunnel device", tooShortForTheDevice(), moved(packets, "rx_errors"));
        judge.equal("rx_dropped of B's tunnel device", 0L, moved(packets, "rx_dropped"));
    }

    @Requirement(
            id = "LINUX-COUNTERS-RX-IPV6",
            level = Level.LINUX,
            source = "net/ipv6/ip6_tunnel.c __ip6_tnl_rcv, net/ipv6/tunnel6.c tunnel6_rcv",
            sentence =
                    "Over IPv6 each decapsulation adds one to rx_packets and the inner bytes, without the header of a frame, to rx_bytes, whatever the "
                            + "inner IP input makes of the packet; behind GRE, less than an inner header is an error of length.",
            provoked =
                    "A composes outer packets with honest and lying inner headers, with payloads too short, and one within another.",
            observed = "Statistics of B's tunnel device.",
            needs = Trait.COMPOSED,
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            kinds = {"ip6erspan", "ip6gre", "ip6gretap", "ip6tnl"})
    void decapsulatedPacketsAreCountedOverIpv6(Judge judge) {
        Unwrapped packets = HostileInput.of(judge, evidence).packets();
        Topology topology = evidence.topology();
        List<Long> lengths = packets.taken(topology);
        long bytes = lengths.stream()
                .mapToLong(length -> length - topology.frameHeader())
                .sum();
        // tunnel6_rcv wants to see the inner header before it looks for a device
        long tooShort = packets.inGre(HONEST) ? HostileStimuli.tiny(topology).size() : 0;
        judge.equal("rx_packets of B's tunnel device", (long) lengths.size(), moved(packets, "rx_packets"));
        judge.equal("rx_bytes of B's tunnel device", bytes, moved(packets, "rx_bytes"));
        judge.equal("rx_errors of B's tunnel device", tooShort, moved(packets, "rx_errors"));
        judge.equal("rx_length_errors of B's tunnel device", tooShort, moved(packets, "rx_length_errors"));
        judge.equal("rx_dropped of B's tunnel device", 0L, moved(packets, "rx_dropped"));
    }

    /**
     * How many of the payloads that are too short for an IPv4 header come as far as the device: none without a header of the kind's own
     * (tunnel4_rcv in net/ipv4/tunnel4.c wants to see the inner header first); those of which 12 bytes are there behind one (gre_rcv in
     * net/ipv4/gre_demux.c).
     */
    private long tooShortForTheDevice() {
        Topology topology = evidence.topology();
        int own = topology.overhead()
                - Ipv4Header.MIN_LENGTH
                - UdpEncapsulation.length(topology.a().tunnel().options());
        return own == 0
                ? 0
                : HostileStimuli.tiny(topology).stream()
                        .filter(length -> own + length >= 12)
                        .count();
    }

    private static long moved(Unwrapped packets, String counter) {
        return packets.window().tunnelDelta(Place.B, counter);
    }
}
