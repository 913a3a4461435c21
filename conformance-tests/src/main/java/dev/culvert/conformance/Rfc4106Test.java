package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspHeader;
import dev.culvert.topologies.EspSuite;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

@ConformanceTest("RFC 4106, AES-GCM in ESP")
class Rfc4106Test {

    private final Evidence evidence;

    Rfc4106Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4106-3.1-IV",
            level = Level.MUST,
            source = "RFC 4106 section 3.1",
            sentence =
                    "No initialization vector is used twice with one key: with AES-GCM that would give the plain text away.",
            provoked = "A sends ICMP or ICMPv6 messages of many shapes.",
            observed = "The 8 bytes behind the sequence number of everything that left A by its SPI, on A's underlay.",
            needs = Trait.AES_GCM,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void noVectorTwice(Judge judge) {
        List<Seen> sent = ProtectedPackets.during(evidence, AS_CONFIGURED).sentBy(Place.A);
        judge.control("A sent more than one packet", sent.size() > 1);
        Set<Bytes> vectors = sent.stream().map(Rfc4106Test::vector).collect(Collectors.toSet());
        judge.equal("initialization vectors of " + sent.size() + " packets", sent.size(), vectors.size());
    }

    /** Behind the sequence number, whether or not a key opens what follows. */
    private static Bytes vector(Seen seen) {
        int at = ProtectedPackets.header(seen).orElseThrow().offset() + EspHeader.LENGTH;
        return seen.packet().bytes().slice(at, EspSuite.AES_GCM.ivBytes());
    }
}
