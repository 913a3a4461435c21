package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundledTopologiesTest {

    private static final List<Subnet> DOCUMENTATION_AND_BENCHMARKING = List.of(
            subnet("198.51.100.0", 24),
            subnet("203.0.113.0", 24),
            subnet("192.0.2.0", 24),
            subnet("198.18.0.0", 15),
            // RFC 6676
            subnet("233.252.0.0", 24),
            // RFC 3849
            subnet("2001:db8::", 32));

    static Stream<Topology> bundled() {
        return Topologies.bundled().stream();
    }

    private static Subnet subnet(String network, int prefixLength) {
        return new Subnet(IpAddress.parse(network).orElseThrow(), prefixLength);
    }

    @Test
    void findsThoseInTheFolder() {
        assertThat(bundled())
                .extracting(Topology::name)
                .containsExactly(
                        "erspan",
                        "erspan-external",
                        "erspan-fwmark",
                        "erspan-i",
                        "erspan-iii",
                        "erspan-iii-external",
                        "geneve",
                        "geneve-bridged",
                        "geneve-external",
                        "geneve-ip",
                        "geneve-ip-ipv6",
                        "geneve-ipv6",
                        "geneve-ipv6-external",
                        "geneve-ipv6-zero-csum",
                        "geneve-vni-0",
                        "geneve-vni-max",
                        "gre",
                        "gre-all",
                        "gre-csum",
                        "gre-csum-fou",
                        "gre-external",
                        "gre-fou",
                        "gre-fwmark",
                        "gre-group",
                        "gre-gue",
                        "gre-ipv6",
                        "gre-ipv6-routed",
                        "gre-key",
                        "gre-keys",
                        "gre-routed",
                        "gre-seq",
                        "gretap",
                        "gretap-bridged",
                        "gretap-external",
                        "gretap-fwmark",
                        "gretap-key",
                        "ip6erspan",
                        "ip6erspan-external",
                        "ip6erspan-fwmark",
                        "ip6erspan-fwmark-inherit",
                        "ip6erspan-iii",
                        "ip6erspan-ipv6",
                        "ip6erspan-localremote",
                        "ip6gre",
                        "ip6gre-all",
                        "ip6gre-csum",
                        "ip6gre-dscp",
                        "ip6gre-external",
                        "ip6gre-fou",
                        "ip6gre-fwmark",
                        "ip6gre-fwmark-inherit",
                        "ip6gre-gue",
                        "ip6gre-ipv4",
                        "ip6gre-key",
                        "ip6gre-keys",
                        "ip6gre-localremote",
                        "ip6gre-narrow",
                        "ip6gre-routed",
                        "ip6gre-seq",
                        "ip6gretap",
                        "ip6gretap-bridged",
                        "ip6gretap-external",
                        "ip6gretap-fwmark",
                        "ip6gretap-fwmark-inherit",
                        "ip6gretap-gue",
                        "ip6gretap-ipv6",
                        "ip6gretap-key",
                        "ip6gretap-localremote",
                        "ip6gretap-routed",
                        "ip6tnl",
                        "ip6tnl-dscp",
                        "ip6tnl-external",
                        "ip6tnl-fou",
                        "ip6tnl-fwmark",
                        "ip6tnl-fwmark-inherit",
                        "ip6tnl-gue",
                        "ip6tnl-ip6ip6",
                        "ip6tnl-ipip6",
                        "ip6tnl-localremote",
                        "ip6tnl-narrow",
                        "ip6tnl-routed",
                        "ipip",
                        "ipip-external",
                        "ipip-fallback",
                        "ipip-fou",
                        "ipip-fwmark",
                        "ipip-gue",
                        "ipip-mpls",
                        "ipip-routed",
                        "sit",
                        "sit-6rd",
                        "sit-fallback",
                        "sit-fou",
                        "sit-fwmark",
                        "sit-gue",
                        "sit-ip6ip",
                        "sit-ipip",
                        "sit-isatap",
                        "sit-isatap-router",
                        "sit-mpls",
                        "sit-narrow",
                        "sit-routed",
                        "vti",
                        "vti-cbc",
                        "vti-fwmark",
                        "vti-udp",
                        "vti6",
                        "vti6-cbc",
                        "vti6-fwmark",
                        "vti6-udp");
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void usesOnlyAddressesThatNobodyElseHas(Topology topology) {
        List<InetAddress> addresses = new ArrayList<>();
        topology.ports().stream()
                .map(Port::address)
                .map(InterfaceAddress::address)
                .forEach(addresses::add);
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            addresses.add(endpoint.tunnel().local());
            addresses.add(endpoint.tunnel().remote());
            addresses.add(endpoint.tunnel().address().address());
        }

        assertThat(addresses)
                .hasSizeGreaterThan(7)
                .allMatch(address -> DOCUMENTATION_AND_BENCHMARKING.stream().anyMatch(s -> s.contains(address)));
    }

    @Test
    void isPlainInAtMostFifteenLines() {
        assertThat(Topologies.named("ipip").source().lines()).hasSizeLessThanOrEqualTo(15);
    }
}
