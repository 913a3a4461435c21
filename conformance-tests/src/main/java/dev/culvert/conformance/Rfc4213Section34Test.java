package dev.culvert.conformance;

import static dev.culvert.harness.packet.Icmpv6Header.CODE;
import static dev.culvert.harness.packet.Icmpv6Header.TYPE;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.FIXED_TTL;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Family;
import java.util.List;

@ConformanceTest("RFC 4213 section 3.4, ICMPv4 errors from within the tunnel")
class Rfc4213Section34Test {

    /** Address unreachable (RFC 4443 section 3.1). */
    private static final int ADDRESS_UNREACHABLE = 3;

    private final Evidence evidence;

    Rfc4213Section34Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4213-3.4-ERR-RELAY",
            level = Level.MAY,
            source = "RFC 4213 section 3.4; net/ipv6/sit.c ipip6_err, net/ipv6/icmp.c ip6_err_gen_icmpv6_unreach",
            sentence =
                    "An ICMPv4 error that quotes enough may be made an ICMPv6 error for the source of the inner packet. Linux makes one and "
                            + "gives it an IPv4-mapped source, with which it is never sent; of an error that quotes less it tells the next "
                            + "packet's source that the address is unreachable.",
            provoked = "Every ICMPv4 error comes to A about a packet of H; after each H sends J two packets.",
            observed = "ICMPv6 errors at H; A's underlay for the two packets.",
            inside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.NOT_IN_UDP, Trait.OWN_ENDS},
            kinds = "sit")
    void errorsAreToldOfTheNextPacketOrNot(Judge judge) {
        OriginalSender sender = new OriginalSender(evidence, ERRORS);
        judge.equal(
                "ICMPv6 errors at H about packets that H did not send",
                0,
                sender.toldOfNothingSent().size());
        for (TunnelError error : TunnelError.values()) {
            if (error == TunnelError.PROTOCOL_UNREACHABLE) {
                sender.toldOnce(judge, error).ifPresent(seen -> {
                    Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
                    judge.field(seen, icmp, TYPE, Icmpv6Header.DESTINATION_UNREACHABLE);
                    judge.field(seen, icmp, CODE, ADDRESS_UNREACHABLE);
                });
            } else {
                sender.toldNothing(judge, error);
            }
        }
    }

    @Requirement(
            id = "RFC4213-3.4-TIME-EXCEEDED",
            level = Level.MAY,
            source = "RFC 4213 section 3.4; net/ipv6/sit.c ipip6_err, net/ipv6/icmp.c ip6_err_gen_icmpv6_unreach",
            sentence =
                    "A time exceeded from within a tunnel of fixed TTL may be told to the source of the inner packet; Linux passes over "
                            + "that of a reassembly, and what it makes of the other is never sent.",
            provoked =
                    "Time exceeded messages, codes 0 and 1, come to A, whose device has \"ttl 40\"; after each H sends J two packets.",
            observed = "ICMPv6 errors at H; A's underlay for the two packets.",
            inside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD},
            kinds = "sit")
    void timeExceededIsNotTold(Judge judge) {
        OriginalSender sender = new OriginalSender(evidence, FIXED_TTL);
        for (TunnelError error : List.of(TunnelError.TIME_EXCEEDED, TunnelError.REASSEMBLY_TIME_EXCEEDED)) {
            sender.toldNothing(judge, error);
        }
        judge.equal(
                "ICMPv6 errors at H about packets that H did not send",
                0,
                sender.toldOfNothingSent().size());
    }
}
