package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.BAD_CHECKSUM;
import static dev.culvert.harness.stimulus.HostileStimuli.BEFORE_END;
import static dev.culvert.harness.stimulus.HostileStimuli.BEYOND_DATA;
import static dev.culvert.harness.stimulus.HostileStimuli.HONEST;
import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.SHORT_IHL;
import static dev.culvert.harness.stimulus.HostileStimuli.TINY;
import static dev.culvert.harness.stimulus.HostileStimuli.TWICE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;
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
        Unwrapped packets = Unwrapped.during(evidence, HOSTILE);
        judge.control("the honest echo request was answered", packets.answered(HONEST));
        List<String> once = List.of(BAD_CHECKSUM, SHORT_IHL, BEYOND_DATA, BEFORE_END, TWICE, HONEST);
        int twice = packets.carriedWithin(TWICE).length();
        long bytes = twice
                + once.stream()
                        .mapToLong(label -> packets.carried(label).length())
                        .sum();
        judge.equal("rx_packets of B's tunnel device", once.size() + 1L, moved(packets, "rx_packets"));
        judge.equal("rx_bytes of B's tunnel device", bytes, moved(packets, "rx_bytes"));
        judge.equal("rx_errors of B's tunnel device", tooShortForTheDevice(), moved(packets, "rx_errors"));
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
        return own == 0 ? 0 : TINY.stream().filter(length -> own + length >= 12).count();
    }

    private static long moved(Unwrapped packets, String counter) {
        return packets.window().tunnelDelta(Place.B, counter);
    }
}
