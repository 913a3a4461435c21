package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.FROM_LOOPBACK;
import static dev.culvert.harness.stimulus.HostileStimuli.FROM_MULTICAST;
import static dev.culvert.harness.stimulus.HostileStimuli.FROM_UNSPECIFIED;
import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.TO_J;
import static dev.culvert.harness.stimulus.HostileStimuli.TO_LOOPBACK;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;

@ConformanceTest("RFC 4291 section 2, inner addresses that no link may carry and no router may forward")
@SpeaksOf(
        inside = Family.IPV6,
        outside = Family.IPV6,
        kinds = {"ip6gre", "ip6gretap", "ip6tnl"},
        needs = Trait.COMPOSED)
class Rfc4291Test {

    private static final String TO_B = "A composes an outer packet for B with an echo request to B inside, ";
    private static final String FOR_J = "A composes an outer packet for B with a packet to the host behind B inside, ";
    private static final String TAKEN =
            "The packet on B's tunnel device; the echo requests that B counts, beside the honest ones.";
    private static final String FORWARDED =
            "The packet on B's tunnel device, and at the host behind B, to which an honest packet comes.";

    private final Evidence evidence;

    Rfc4291Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4291-2.5.3-LOOPBACK",
            level = Level.MUST,
            source = "RFC 4291 section 2.5.3; net/ipv6/ip6_input.c ip6_rcv_core",
            sentence = "A packet that comes out of the tunnel from or to the loopback address is dropped.",
            provoked = TO_B + "from ::1, and one to ::1.",
            observed = TAKEN)
    void loopbackIsDropped(Judge judge) {
        notTaken(judge, FROM_LOOPBACK);
        notTaken(judge, TO_LOOPBACK);
    }

    @Requirement(
            id = "RFC4291-2.7-SOURCE",
            level = Level.MUST_NOT,
            source = "RFC 4291 section 2.7; net/ipv6/ip6_input.c ip6_rcv_core",
            sentence = "A multicast address is no source: a packet from one that comes out of the tunnel is dropped.",
            provoked = TO_B + "from ff0e::1.",
            observed = TAKEN)
    void multicastIsNoSource(Judge judge) {
        notTaken(judge, FROM_MULTICAST);
    }

    @Requirement(
            id = "RFC4291-2.5.2-UNSPECIFIED",
            level = Level.MUST_NOT,
            source = "RFC 4291 section 2.5.2; net/ipv6/ip6_output.c ip6_forward",
            sentence = "A packet from the unspecified address that comes out of the tunnel is not forwarded.",
            provoked = FOR_J + "from ::.",
            observed = FORWARDED,
            needs = {Trait.COMPOSED, Trait.LAN})
    void unspecifiedIsNotForwarded(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, HOSTILE);
        judge.control(
                "an honest packet came to the host behind B",
                packets.of(TO_J, packets.host(Place.J)).size() == 1);
        packets.once(judge, FROM_UNSPECIFIED, packets.tunnel(Place.B));
        judge.equal(
                "times that \"" + FROM_UNSPECIFIED + "\" came to the host behind B",
                0,
                packets.of(FROM_UNSPECIFIED, packets.host(Place.J)).size());
    }

    private void notTaken(Judge judge, String label) {
        HostileInput input = HostileInput.of(judge, evidence);
        input.comesOut(label);
        judge.equal("echo requests that B took", 3L, input.packets().window().delta(Place.B, "snmp6.Icmp6InEchos"));
    }
}
