package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidatorTest {

    private static final String LINK = """
            name: link
            underlay: {subnet: 198.51.100.0/24}
            tunnel: {kind: ipip, subnet: 203.0.113.0/24}
            """;

    private static final String ROUTED = """
            name: routed
            router: {a: {subnet: 198.51.100.0/25}, b: {subnet: 198.51.100.128/25}}
            tunnel: {kind: ipip, subnet: 203.0.113.0/24}
            """;

    private static final String LANS = "a: {lan: 198.18.1.0/24}\nb: {lan: 198.18.2.0/24}\n";

    private static final String BRIDGED = """
            name: bridged
            underlay: {subnet: 198.51.100.0/24}
            tunnel: {kind: gretap, subnet: 198.18.1.0/24, bridge: br0}
            a: {lan: 198.18.1.0/24}
            b: {lan: 198.18.1.0/24}
            """;

    private static final String SIT = """
            name: sixes
            underlay: {subnet: 198.51.100.0/24}
            tunnel: {kind: sit, subnet: 2001:db8:2::/64}
            """;

    private static final String ISATAP = SIT.replace("2001:db8:2::/64", "2001:db8:2::/64, options: {isatap: true}");

    private static final String IP6TNL = """
            name: sixes
            router: {a: {subnet: 2001:db8:1:a::/64}, b: {subnet: 2001:db8:1:b::/64}}
            tunnel: {kind: ip6tnl, subnet: 2001:db8:2::/64}
            """;

    private static final String LANS6 = "a: {lan: 2001:db8:a1::/64}\nb: {lan: 2001:db8:a2::/64}\n";

    record Misfit(String text, String path, String says) {}

    private static Misfit link(String more, String path, String says) {
        return new Misfit(LINK + more, path, says);
    }

    private static Misfit routed(String more, String path, String says) {
        return new Misfit(ROUTED + more, path, says);
    }

    static Stream<Misfit> misfits() {
        return Stream.of(
                link(
                        "a: {tunnel: {local: 192.0.2.1}}\nb: {tunnel: {local: 192.0.2.1}}",
                        "b.tunnel.local",
                        "ends on a too"),
                new Misfit(LINK.replace("subnet: 198.51.100.0/24", "mtu: 1500"), "underlay.subnet", "must be given"),
                new Misfit(LINK.replace("198.51.100.0/24", "198.51.100.0/32"), "underlay.subnet", "needs at least 2"),
                new Misfit(LINK.replace(", subnet: 203.0.113.0/24", ""), "tunnel.subnet", "must be given"),
                link(
                        "a: {underlay: {address: 198.51.101.1/24}}",
                        "a.underlay.address",
                        "is not within the subnet 198.51.100.0/24"),
                link("a: {underlay: {address: 198.51.100.1/25}}", "a.underlay.address", "is not within the subnet"),
                link("a: {underlay: {address: 198.51.100.0/24}}", "a.underlay.address", "is the network address"),
                link("b: {underlay: {address: 198.51.100.255/24}}", "b.underlay.address", "is the broadcast address"),
                link("b: {underlay: {address: 198.51.100.1/24}}", "b.underlay.address", "is the address of a too"),
                link("b: {tunnel: {address: 203.0.113.1/24}}", "b.tunnel.address", "is the internal address of a too"),
                link(
                        "b: {tunnel: {address: 203.0.114.2/24}}",
                        "b.tunnel.address",
                        "is not within the subnet 203.0.113.0/24"),
                link("b: {tunnel: {remote: 198.51.100.2}}", "b.tunnel.remote", "is the local address of this end too"),
                link("b: {tunnel: {remote: 198.51.100.9}}", "b.tunnel.remote", "is not where the tunnel ends on a"),
                link("b: {tunnel: {local: 198.51.100.1}}", "b.tunnel.local", "is the address of eth0 on a"),
                link("a: {lan: 198.51.100.128/25}", "a.lan", "overlaps underlay.subnet, 198.51.100.0/24"),
                link("a: {lan: 198.18.1.0/24}\nb: {lan: 198.18.0.0/16}", "b.lan", "overlaps a.lan, 198.18.1.0/24"),
                link("a: {lan: {subnet: 198.18.1.0/24, host: 198.18.2.2}}", "a.lan.host", "is no host of the subnet"),
                link(
                        "a: {lan: {subnet: 198.18.1.0/24, address: 198.18.1.255}}",
                        "a.lan.address",
                        "is no host of the subnet"),
                link(
                        "a: {lan: {subnet: 198.18.1.0/24, host: 198.18.1.1}}",
                        "a.lan.host",
                        "is the address of a on the LAN too"),
                link("a: {lan: 198.18.1.1/32}", "a.lan", "needs at least 2"),
                link("a: {tunnel: {device: eth0}}", "a.tunnel.device", "is the name of another device"),
                link(
                        "a: {tunnel: {device: lan0}, lan: 198.18.1.0/24}",
                        "a.tunnel.device",
                        "is the name of another device"),
                link("a: {tunnel: {device: all}}", "a.tunnel.device", "the kernel has another meaning for"),
                link("a: {tunnel: {device: tunl0}}", "a.tunnel.device", "swap a and b"),
                link(
                        "b: {tunnel: {device: tunl0, options: {ttl: 64}}}",
                        "b.tunnel.options",
                        "cannot be given to the fallback device"),
                link("b: {tunnel: {device: tunl0, local: 198.51.100.2}}", "b.tunnel.local", "it takes every address"),
                link("b: {tunnel: {device: tunl0, remote: 198.51.100.1}}", "b.tunnel.remote", "it takes every address"),
                link(
                        "a: {tunnel: {options: {ttl: 64, pmtudisc: false}}}",
                        "a.tunnel.options.pmtudisc",
                        "cannot be false beside a fixed ttl"),
                link(
                        "a: {tunnel: {options: {dev: eth1}}}",
                        "a.tunnel.options.dev",
                        "is not the underlay device of a, eth0"),
                link("a: {tunnel: {mac: 02:00:00:00:00:4a}}", "a.tunnel.mac", "has no Ethernet address"),
                new Misfit(
                        LINK.replace("ipip", "gretap") + "b: {tunnel: {device: gretap0}}",
                        "b.tunnel.device",
                        "knows no remote to send a frame to"),
                new Misfit(IP6TNL + "b: {tunnel: {device: ip6tnl0}}", "b.tunnel.device", "cannot be told where a is"),
                new Misfit(
                        LINK.replace("ipip", "gre, options: {csum: true}") + "b: {tunnel: {device: gre0}}",
                        "b.tunnel.device",
                        "takes nothing that a sends with its options; give b a device of its own"),
                new Misfit(BRIDGED.replace("gretap", "ipip"), "tunnel.bridge", "joins devices that carry frames"),
                new Misfit(BRIDGED.replace("br0", "t1"), "tunnel.bridge", "is the name of another device"),
                new Misfit(BRIDGED.replace("b: {lan: 198.18.1.0", "b: {lan: 198.18.2.0"), "b.lan", "give that one"),
                new Misfit(
                        BRIDGED.replace("b: {lan: 198.18.1.0/24", "b: {lan: {subnet: 198.18.1.0/24, host: 198.18.1.3}"),
                        "b.lan.host",
                        "is the address of h on the same segment"),
                new Misfit(
                        BRIDGED.replace(
                                "a: {lan: 198.18.1.0/24", "a: {lan: {subnet: 198.18.1.0/24, address: 198.18.1.1}"),
                        "a.lan.address",
                        "the bridge has the internal address"),
                new Misfit(BRIDGED + "mpls: {labels: [100]}", "mpls", "labels what is routed"),
                link("a: {tunnel: {options: {encap: fou}}}", "a.tunnel.options.encap", "needs encap-dport"),
                link(
                        "a: {tunnel: {options: {encap-dport: 5555}}}",
                        "a.tunnel.options.encap-dport",
                        "give encap: fou or gue"),
                link(
                        "b: {tunnel: {options: {encap: fou, encap-dport: 5555, encap-remcsum: true}}}",
                        "b.tunnel.options.encap-remcsum",
                        "is a field of the GUE header"),
                link(
                        "a: {tunnel: {options: {encap: gue, encap-dport: 5555}}}\nb: {tunnel: {listen: 5556}}",
                        "b.tunnel.listen",
                        "is not where a sends to, which is 5555"),
                link("a: {tunnel: {listen: 5555}}", "a.tunnel.listen", "b puts nothing into UDP"),
                link(
                        "mpls: {labels: [100]}\na: {lan: 198.18.1.0/24, tunnel: {options: {encap: fou, encap-dport: 5555}}}\n"
                                + "b: {lan: 198.18.2.0/24}",
                        "a.tunnel.options.encap",
                        "a fou port takes one protocol"),
                link(
                        "a: {tunnel: {options: {external: true, pmtudisc: true}}}",
                        "a.tunnel.options.pmtudisc",
                        "neither the device nor a route is told it; there are mode, tos, ttl"),
                link(
                        "mpls: {labels: [100]}\na: {lan: 198.18.1.0/24, tunnel: {options: {external: true}}}\n"
                                + "b: {lan: 198.18.2.0/24}",
                        "a.tunnel.options.external",
                        "a route cannot push labels as well"),
                new Misfit(
                        BRIDGED.replace("bridge: br0", "bridge: br0, options: {external: true}"),
                        "tunnel.options.external",
                        "what a bridge sends comes by none"),
                new Misfit(
                        LINK.replace("ipip", "gre") + "b: {tunnel: {options: {external: true, csum: true}}}",
                        "b.tunnel.options.csum",
                        "would refuse every packet"),
                new Misfit(
                        SIT.replace(
                                        "2001:db8:2::/64",
                                        "2001:db8:2::/48, options: {6rd-prefix: 2001:db8:2::/48, 6rd-relay_prefix: 198.51.100.0/24}")
                                + "a: {tunnel: {address: 2001:db8:2:100::1/48}}\nb: {tunnel: {address: 2001:db8:2:300::1/48}}",
                        "b.tunnel.address",
                        "leads to 198.51.100.3 by the 6rd prefix"),
                new Misfit(
                        ISATAP + "a: {tunnel: {address: 2001:db8:2::200:5efe:c633:6401/64}}",
                        "b.tunnel.address",
                        "is no ISATAP address of 198.51.100.2, where the tunnel ends; give 2001:db8:2:0:200:5efe:c633:6402"),
                new Misfit(
                        ISATAP + "a: {tunnel: {address: 2001:db8:2::200:5efe:c633:6401/64}}\n"
                                + "b: {tunnel: {address: 2001:db8:2::5efe:c633:6402/64}, lan: 2001:db8:a2::/64}",
                        "b.lan",
                        "is behind an ISATAP interface, and the other end takes nothing but what has an ISATAP address; give 198.51.100.2 to"
                                + " a.tunnel.potential-routers, or leave the LAN out"),
                link("mpls: {labels: [100]}", "mpls", "give a.lan and b.lan"),
                link("mpls: {a: []}\n" + LANS, "mpls.labels", "must be given"),
                link(
                        "mpls: {labels: [100]}\na: {lan: 198.18.1.0/24, tunnel: {options: {mode: ipip}}}\nb: {lan: 198.18.2.0/24}",
                        "a.tunnel.options",
                        "does not let labelled packets through"),
                link(
                        "b: {tunnel: {options: {mode: mplsip}}}",
                        "b.tunnel.options.mode",
                        "lets nothing through but labelled packets"),
                link("a: {routes: [{to: 192.0.2.0/24}]}", "a.routes[0]", "says neither device nor a next hop"),
                link(
                        "a: {routes: [{to: 192.0.2.0/24, via: 192.0.2.1}]}",
                        "a.routes[0]",
                        "says neither device nor a next hop"),
                link("a: {routes: [{to: 192.0.2.0/24, device: eth7}]}", "a.routes[0].device", "there are eth0, lo, t1"),
                link(
                        "a: {routes: [{to: 192.0.2.0/24, device: t1, labels: [99]}]}",
                        "a.routes[0].labels",
                        "needs the mpls part"),
                link(
                        "a: {routes: [{to: 192.0.2.0/24, device: t1}, {to: 192.0.2.0/24, device: eth0}]}",
                        "a.routes[1].to",
                        "earlier route"),
                link("a: {sysctls: {kernel.panic: 1}}", "a.sysctls.kernel.panic", "is no setting that can be undone"),
                link(
                        "a: {sysctls: {net.ipv4.conf.eth1.rp_filter: 1}}",
                        "a.sysctls.net.ipv4.conf.eth1.rp_filter",
                        "is no setting"),
                routed("underlay: {mtu: 1400}", "underlay", "say it in router.a and router.b"),
                new Misfit(ROUTED.replace("a: {subnet: 198.51.100.0/25}, ", ""), "router.a.subnet", "must be given"),
                new Misfit(
                        ROUTED.replace("0/25}, b", "0/25, address: 198.51.100.1/25}, b"),
                        "router.a.address",
                        "is the address of a too"),
                new Misfit(
                        ROUTED.replace("198.51.100.128/25", "198.51.100.0/26"),
                        "router.b.subnet",
                        "overlaps router.a.subnet"));
    }

    private static Misfit sit(String more, String path, String says) {
        return new Misfit(SIT + more, path, says);
    }

    private static Misfit ip6tnl(String more, String path, String says) {
        return new Misfit(IP6TNL + more, path, says);
    }

    static Stream<Misfit> misfitsOfFamilies() {
        return Stream.of(
                new Misfit(
                        SIT.replace("198.51.100.0/24", "2001:db8:1::/64"),
                        "underlay.subnet",
                        "is IPv6, and the outer header of this tunnel is IPv4; give IPv4"),
                new Misfit(
                        LINK.replace("203.0.113.0/24", "2001:db8:2::/64"),
                        "tunnel.subnet",
                        "is IPv6, and what this tunnel carries is IPv4; give IPv4"),
                new Misfit(
                        IP6TNL.replace("2001:db8:1:b::/64", "198.51.100.0/24"),
                        "router.b.subnet",
                        "is IPv4, and the outer header of this tunnel is IPv6"),
                new Misfit(
                        SIT.replace("sit,", "sit, options: {mode: ipip},"),
                        "tunnel.subnet",
                        "what this tunnel carries is IPv4"),
                new Misfit(
                        IP6TNL.replace("a::/64}", "a::/64, address: 198.51.100.1/24}"),
                        "router.a.address",
                        "is IPv4, and the outer header"),
                new Misfit(IP6TNL.replace("a::/64}", "a::/64, mtu: 1279}"), "router.a.mtu", "is too small for IPv6"),
                ip6tnl("b: {tunnel: {local: 192.0.2.1}}", "b.tunnel.local", "is IPv4, and the outer header"),
                ip6tnl("b: {underlay: {address: 192.0.2.1/24}}", "b.underlay.address", "is IPv4, and the outer header"),
                ip6tnl("b: {tunnel: {mtu: 1000}}", "b.tunnel.mtu", "is too small for IPv6"),
                ip6tnl("b: {tunnel: {options: {mode: ipip6}}}", "b.tunnel.options", "does not carry IPv6"),
                sit("a: {lan: 198.18.1.0/24}", "a.lan", "is IPv4, and what this tunnel carries is IPv6"),
                sit("a: {lan: {subnet: 2001:db8:a1::/64, mtu: 1200}}", "a.lan.mtu", "is too small for IPv6"),
                sit("a: {lan: {subnet: 2001:db8:a1::/64, host: 198.18.1.2}}", "a.lan.host", "is IPv4, and what"),
                sit("a: {lan: {subnet: 2001:db8:a1::/64, host: \"2001:db8:a1::\"}}", "a.lan.host", "is no host"),
                sit("a: {tunnel: {address: 2001:db8:2::/64}}", "a.tunnel.address", "subnet-router anycast address"),
                sit("a: {tunnel: {address: 203.0.113.1/24}}", "a.tunnel.address", "is IPv4, and what"),
                sit("a: {lan: 2001:db8:2:0:1::/80}", "a.lan", "overlaps tunnel.subnet, 2001:db8:2::/64"),
                sit("a: {lan: 2001:db8:a1::1/128}", "a.lan", "a prefix of at most 127 bits"),
                sit(
                        "a: {routes: [{to: 2001:db8:9::/64, via: 198.51.100.2, device: t1}]}",
                        "a.routes[0].via",
                        "is IPv4, and the destination is IPv6"),
                sit(
                        "a: {sysctls: {net.ipv6.conf.all.mc_forwarding: 1}}",
                        "a.sysctls.net.ipv6.conf.all.mc_forwarding",
                        "is no setting"),
                link("a: {routes: [{to: 2001:db8:9::/64, device: t1}]}", "a.routes[0].to", "has no address of it"),
                link(
                        "a: {sysctls: {net.ipv6.auto_flowlabels: 0}}",
                        "a.sysctls.net.ipv6.auto_flowlabels",
                        "is no setting"));
    }

    @ParameterizedTest
    @MethodSource({"misfits", "misfitsOfFamilies"})
    void saysWhatDoesNotFitTogether(Misfit misfit) {
        assertThat(TopologiesTest.problemsOf(misfit.text())).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(misfit.path());
            assertThat(problem.message()).contains(misfit.says());
            assertThat(problem.line()).isPositive();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {LINK, ROUTED, LINK + LANS, ROUTED + LANS, SIT, SIT + LANS6, IP6TNL, IP6TNL + LANS6, BRIDGED})
    void findsNothingWrongWithoutTheMisfits(String text) {
        assertThat(TopologiesTest.problemsOf(text)).isEmpty();
    }
}
