package dev.culvert.topologies.file;

import java.util.stream.Stream;

/** Topologies in which one value has the wrong shape, which a reader and a schema can both see. */
final class MisshapenTopologies {

    private static final String GOOD = """
            name: good
            underlay: {subnet: 198.51.100.0/24, mtu: 1500}
            tunnel: {kind: ipip, subnet: 203.0.113.0/24, options: {ttl: 64}}
            a: {lan: 198.18.1.0/24}
            b: {tunnel: {device: t1}}
            """;

    private MisshapenTopologies() {}

    /** A good topology in which one text is replaced by a bad one. */
    record Misshapen(String good, String bad, String path, String says) {

        String text() {
            if (!GOOD.contains(good)) {
                throw new IllegalStateException("\"" + good + "\" is not in the good topology");
            }
            return GOOD.replace(good, bad);
        }
    }

    static Stream<Misshapen> all() {
        return Stream.of(
                new Misshapen("name: good", "name: Good", "name", "is not a name"),
                new Misshapen("name: good", "name: [good]", "name", "is a list, not a name"),
                new Misshapen("name: good", "name: " + "x".repeat(41), "name", "at most 40"),
                new Misshapen("name: good", "nam: good", "nam", "did you mean name?"),
                new Misshapen("name: good", "name: good\ncolour: blue", "colour", "is no key of a topology"),
                new Misshapen(
                        "198.51.100.0/24", "198.51.100.256/24", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen("198.51.100.0/24", "198.51.100.0", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen("198.51.100.0/24", "198.51.100.0/33", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen("198.51.100.0/24", "198.51.010.0/24", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen("198.51.100.0/24", "224.0.0.0/24", "underlay.subnet", "of unicast addresses"),
                new Misshapen("198.51.100.0/24", "2001:db8::/129", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen("198.51.100.0/24", "2001:db8::/8", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen(
                        "198.51.100.0/24", "2001:db8::1::/64", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen(
                        "198.51.100.0/24", "1:2:3:4:5:6:7::8/128", "underlay.subnet", "is not an IPv4 or IPv6 subnet"),
                new Misshapen("198.51.100.0/24", "fe80::/64", "underlay.subnet", "of unicast addresses"),
                new Misshapen("198.51.100.0/24", "ff02::/64", "underlay.subnet", "of unicast addresses"),
                new Misshapen("198.51.100.0/24", "64:ff9b::/96", "underlay.subnet", "of unicast addresses"),
                new Misshapen("mtu: 1500", "mtu: 67", "underlay.mtu", "within 68 … 65535"),
                new Misshapen("mtu: 1500", "mtu: '1500'", "underlay.mtu", "is not a whole number"),
                new Misshapen("mtu: 1500", "mtu: 1500.5", "underlay.mtu", "is not a whole number"),
                new Misshapen("mtu: 1500", "mtu: 99999999999999999999", "underlay.mtu", "is not a whole number"),
                new Misshapen("mtu: 1500", "mtu:", "underlay.mtu", "is not a whole number"),
                new Misshapen("kind: ipip", "kind: ipsec", "tunnel.kind", "is not one of the tunnel kinds erspan, "),
                new Misshapen("kind: ipip, ", "", "tunnel.kind", "must be given"),
                new Misshapen("ttl: 64", "ttl: 0", "tunnel.options.ttl", "is not inherit, or 1 … 255"),
                new Misshapen("ttl: 64", "ttl: 256", "tunnel.options.ttl", "is not inherit, or 1 … 255"),
                new Misshapen("ttl: 64", "ttl: '64'", "tunnel.options.ttl", "is not inherit, or 1 … 255"),
                new Misshapen(
                        "ttl: 64", "fwmark: 4294967296", "tunnel.options.fwmark", "is not a mark: 0 … 4294967295"),
                new Misshapen(
                        "ttl: 64",
                        "fwmark: inherit",
                        "tunnel.options.fwmark",
                        "this kind cannot inherit one, as those over IPv6 without IPsec can"),
                new Misshapen("ttl: 64", "tos: 256", "tunnel.options.tos", "is not inherit, or 0 … 255"),
                new Misshapen("ttl: 64", "mode: gre", "tunnel.options.mode", "is not one of any, ipip, mplsip"),
                new Misshapen("ttl: 64", "pmtudisc: 'no'", "tunnel.options.pmtudisc", "is not true or false"),
                new Misshapen("ttl: 64", "key: 7", "tunnel.options.key", "is no key of tunnel.options"),
                new Misshapen("options: {ttl: 64}", "mtu: 65516", "tunnel.mtu", "within 68 … 65515"),
                new Misshapen("options: {ttl: 64}", "options: [ttl]", "tunnel.options", "is a list, not a mapping"),
                new Misshapen("device: t1", "device: 'eth0; rm -rf /'", "b.tunnel.device", "is not a device name"),
                new Misshapen("device: t1", "device: $(id)", "b.tunnel.device", "is not a device name"),
                new Misshapen("device: t1", "device: a234567890123456", "b.tunnel.device", "is not a device name"),
                new Misshapen("device: t1", "device: ''", "b.tunnel.device", "is not a device name"),
                new Misshapen("device: t1", "device: --help", "b.tunnel.device", "is not a device name"),
                new Misshapen(
                        "device: t1",
                        "local: 198.51.100.2/24",
                        "b.tunnel.local",
                        "is not a unicast IPv4 or IPv6 address"),
                new Misshapen(
                        "device: t1", "local: 127.0.0.1", "b.tunnel.local", "is not a unicast IPv4 or IPv6 address"),
                new Misshapen(
                        "device: t1", "local: localhost", "b.tunnel.local", "is not a unicast IPv4 or IPv6 address"),
                new Misshapen(
                        "device: t1", "local: fe80::1%eth0", "b.tunnel.local", "is not a unicast IPv4 or IPv6 address"),
                new Misshapen(
                        "device: t1", "local: \"::1\"", "b.tunnel.local", "is not a unicast IPv4 or IPv6 address"),
                new Misshapen(
                        "device: t1", "local: 2001:db8:::1", "b.tunnel.local", "is not a unicast IPv4 or IPv6 address"),
                new Misshapen(
                        "device: t1",
                        "potential-routers: ['2001:db8:1::1']",
                        "b.tunnel.potential-routers[0]",
                        "is not a unicast IPv4 address like 198.51.100.1"),
                new Misshapen(
                        "device: t1",
                        "potential-routers: 198.51.100.1",
                        "b.tunnel.potential-routers",
                        "not a list, each a unicast IPv4 address"),
                new Misshapen("device: t1", "address: 203.0.113.2", "b.tunnel.address", "with its prefix length"),
                new Misshapen("device: t1", "mac: 01:00:00:00:00:4b", "b.tunnel.mac", "is not a unicast"),
                new Misshapen(
                        "tunnel: {device: t1}",
                        "underlay: {mac: 01:00:00:00:00:0a}",
                        "b.underlay.mac",
                        "is not a unicast"),
                new Misshapen("tunnel: {device: t1}", "lan: {host: 198.18.2.7}", "b.lan.subnet", "must be given"),
                new Misshapen("tunnel: {device: t1}", "lan: [198.18.2.0/24]", "b.lan", "is a list, not a mapping"),
                new Misshapen(
                        "tunnel: {device: t1}", "routes: {to: 192.0.2.0/24}", "b.routes", "is a mapping, not a list"),
                new Misshapen("tunnel: {device: t1}", "routes: [192.0.2.0/24]", "b.routes[0]", "not a mapping"),
                new Misshapen(
                        "tunnel: {device: t1}", "routes: [{via: 198.51.100.1}]", "b.routes[0].to", "must be given"),
                new Misshapen(
                        "tunnel: {device: t1}",
                        "sysctls: {net.ipv4.ip_forward: '1; reboot'}",
                        "b.sysctls.net.ipv4.ip_forward",
                        "is not a whole number"),
                new Misshapen(
                        "name: good", "name: good\nmpls: {labels: [15]}", "mpls.labels[0]", "within 16 … 1048575"),
                new Misshapen(
                        "name: good", "name: good\nmpls: {labels: [1048576]}", "mpls.labels[0]", "within 16 … 1048575"),
                new Misshapen(
                        "name: good", "name: good\nthroughput: {seconds: 0}", "throughput.seconds", "within 1 … 60"));
    }
}
