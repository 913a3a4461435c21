package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.Ipv6OuterStimuli.ERRORS;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.stimulus.Ipv6TunnelError;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.stream.Collectors;

@ConformanceTest("RFC 2473 section 8, ICMPv6 errors from within the tunnel")
class Rfc2473Section8Test {

    private final Evidence evidence;

    Rfc2473Section8Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC2473-8-ERR-RELAY",
            level = Level.MUST,
            source = "RFC 2473 section 8; net/ipv6/ip6_tunnel.c ip6_tnl_err, ip4ip6_err, ip6ip6_err",
            sentence =
                    "Of errors from within the tunnel the source of the inner packet is told: of what cannot be reached, of a hop limit or an "
                            + "encapsulation limit that was used up, that the address is unreachable; of a packet too big, what is left of the MTU, at "
                            + "least 1280; of what is wrong with the outer header, nothing. GRE tells nobody at once.",
            provoked = "Every ICMPv6 error comes to A from B, each about a packet of H to J.",
            observed = "Type, code and MTU of the ICMP or ICMPv6 error at H about that packet.",
            inside = {Family.IPV4, Family.IPV6},
            outside = Family.IPV6,
            needs = {Trait.LAN, Trait.IP_PAYLOAD, Trait.NOT_IN_UDP},
            kinds = {"ip6gre", "ip6tnl"})
    void errorsAreTranslated(Judge judge) {
        TunnelPackets packets = new TunnelPackets(evidence, ERRORS);
        for (Ipv6TunnelError error : Ipv6TunnelError.values()) {
            judge.control(
                    "the error \"" + error.label() + "\" came to A",
                    !packets.of(error.label(), packets.underlay(Place.A)).isEmpty());
            String what = "what H is told after \"" + error.label() + "\"";
            if (evidence.topology().kind().relaysErrors()) {
                judge.equal(what, expected(error), told(packets, error));
            } else {
                judge.known(what, expected(error), "nothing", told(packets, error), "net/ipv6/ip6_gre.c ip6gre_err");
            }
        }
    }

    private String expected(Ipv6TunnelError error) {
        boolean ipv6 = evidence.topology().innerFamily() == Family.IPV6;
        return switch (error) {
            // ip6_tnl_err looks for the limit in the packet that is quoted, and one by a route has none.
            case LIMIT_REACHED -> evidence.topology().external() ? "nothing" : ipv6 ? "ICMPv6 1/3" : "ICMP 3/1";
            case NO_ROUTE, PORT_UNREACHABLE, HOP_LIMIT_EXCEEDED -> ipv6 ? "ICMPv6 1/3" : "ICMP 3/1";
            case PACKET_TOO_BIG -> ipv6 ? "ICMPv6 2/0 mtu 1280" : "ICMP 3/4 mtu 1280";
            case REASSEMBLY_TIME_EXCEEDED, BAD_FIELD, UNKNOWN_NEXT_HEADER -> "nothing";
        };
    }

    /** What the errors at H say that quote the inner packet which an error is about. */
    private static String told(TunnelPackets packets, Ipv6TunnelError error) {
        Echo inner = packets.window()
                .dissectSent(error.label())
                .quoted()
                .flatMap(Echo::in)
                .orElseThrow();
        List<String> told = packets.window().at(packets.host(Place.H)).stream()
                .map(Seen::dissect)
                .filter(seen ->
                        seen.quoted().flatMap(Echo::in).filter(inner::equals).isPresent())
                .map(Rfc2473Section8Test::said)
                .toList();
        return told.isEmpty() ? "nothing" : told.stream().collect(Collectors.joining(", "));
    }

    private static String said(Dissection error) {
        return error.icmp()
                .map(icmp -> "ICMP " + icmp.type() + "/" + icmp.code()
                        + (icmp.code() == 4 ? " mtu " + icmp.nextHopMtu() : ""))
                .or(() -> error.icmpv6()
                        .map(icmp -> "ICMPv6 " + icmp.type() + "/" + icmp.code()
                                + (icmp.type() == 2 ? " mtu " + icmp.mtu() : "")))
                .orElseThrow();
    }
}
