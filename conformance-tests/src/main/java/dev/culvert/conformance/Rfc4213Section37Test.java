package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.NEIGHBOR;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.NEIGHBOR_WITH_ADDRESS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.NdOption;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

@ConformanceTest("RFC 4213 sections 3.7 and 3.8, link-local addresses and neighbor discovery")
class Rfc4213Section37Test {

    private final Evidence evidence;

    Rfc4213Section37Test(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "RFC4213-3.7-LINKLOCAL",
            level = Level.MUST,
            source = "RFC 4213 section 3.7; net/ipv6/addrconf.c add_v4_addrs",
            sentence =
                    "A tunnel device has a link-local address; Linux makes it of the prefix fe80::/64 and the local IPv4 address.",
            provoked = "The tunnel devices as configured.",
            observed = "IPv6 addresses of scope link that \"ip addr\" tells of the devices of both servers.",
            inside = Family.IPV6,
            needs = {Trait.MATCHING_DEVICE, Trait.OWN_ENDS},
            kinds = "sit")
    void deviceHasALinkLocalAddress(Judge judge) {
        for (Endpoint end : List.of(evidence.topology().a(), evidence.topology().b())) {
            judge.equal(
                    "link-local addresses of " + end.tunnel().device() + " on "
                            + end.place().id(),
                    IpAddress.text(linkLocal(end.tunnel().local())) + "/64",
                    linkAddresses(end));
        }
    }

    private String linkAddresses(Endpoint end) {
        return StreamSupport.stream(evidence.configured(end.place()).addresses().spliterator(), false)
                .filter(link -> end.tunnel().device().equals(link.path("ifname").asText()))
                .flatMap(link -> StreamSupport.stream(link.path("addr_info").spliterator(), false))
                .filter(address -> address.path("scope").asText().equals("link"))
                .map((JsonNode address) -> address.path("local").asText() + "/"
                        + address.path("prefixlen").asInt())
                .collect(Collectors.joining(", "));
    }

    private static InetAddress linkLocal(InetAddress ipv4) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) 0xfe;
        bytes[1] = (byte) 0x80;
        System.arraycopy(ipv4.getAddress(), 0, bytes, 12, 4);
        return Ipv6.address(bytes);
    }

    @Requirement(
            id = "RFC4213-3.8-NUD",
            level = Level.MUST,
            source = "RFC 4213 section 3.8; net/ipv6/ndisc.c ndisc_recv_ns",
            sentence =
                    "A neighbor solicitation that comes through the tunnel is answered through it, as unreachability detection needs.",
            provoked = "A composes an encapsulated neighbor solicitation for B's internal address.",
            observed = "The neighbor advertisement on A's tunnel device: its target, and that it is a solicited one.",
            inside = Family.IPV6,
            // An answer by the fallback device would need a next hop, and neighbor discovery asks no route
            // (icmp6_dst_alloc in net/ipv6/route.c).
            needs = {Trait.COMPOSED, Trait.MATCHING_DEVICE, Trait.NOT_IN_UDP},
            kinds = "sit")
    void solicitationIsAnswered(Judge judge) {
        List<Seen> advertised = advertisements(NEIGHBOR);
        judge.equal("neighbor advertisements on A's tunnel device", 1, advertised.size());
        for (Seen seen : advertised) {
            Icmpv6Header icmp = seen.dissect().icmpv6().orElseThrow();
            judge.field(seen, icmp, Icmpv6Header.SOLICITED, 1);
            judge.equal(
                    "its target",
                    evidence.topology().b().tunnel().address().host(),
                    icmp.target().map(IpAddress::text).orElse("none"));
        }
    }

    @Requirement(
            id = "RFC4213-3.8-LLADDR-OPT",
            level = Level.MUST_NOT,
            source = "RFC 4213 section 3.8; net/ipv6/ndisc.c ndisc_recv_ns",
            sentence =
                    "A node tells no link-layer address in neighbor discovery on the tunnel, and one that it is told does not keep it from answering.",
            provoked =
                    "A composes encapsulated neighbor solicitations without and with a source link-layer address option.",
            observed = "The neighbor advertisements on A's tunnel device and their options.",
            inside = Family.IPV6,
            // An answer by the fallback device would need a next hop, and neighbor discovery asks no route
            // (icmp6_dst_alloc in net/ipv6/route.c).
            needs = {Trait.COMPOSED, Trait.MATCHING_DEVICE, Trait.NOT_IN_UDP},
            kinds = "sit")
    void linkLayerAddressesAreNotTold(Judge judge) {
        for (String stimulus : List.of(NEIGHBOR, NEIGHBOR_WITH_ADDRESS)) {
            List<Seen> advertised = advertisements(stimulus);
            judge.equal("neighbor advertisements during \"" + stimulus + "\"", 1, advertised.size());
            for (Seen seen : advertised) {
                judge.equal(
                        "options of the advertisement",
                        0L,
                        seen.dissect().all(NdOption.class).count());
            }
        }
    }

    private List<Seen> advertisements(String stimulus) {
        return evidence.during(stimulus).atTunnel(Place.A).stream()
                .filter(seen -> seen.dissect()
                        .icmpv6()
                        .filter(icmp -> icmp.type() == Icmpv6Header.NEIGHBOR_ADVERTISEMENT)
                        .isPresent())
                .toList();
    }
}
