package dev.culvert.topologies.kind;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.LightweightTunnel.Extra;
import dev.culvert.topologies.LightweightTunnel.HeaderField;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Geneve in external mode: a route says identifier, outer header, checksum and the options of the Geneve header. The device itself is told its
 * port and nothing that a packet has of its own ({@code geneve_configure} in drivers/net/geneve.c).
 */
final class GeneveExternal {

    /** The options that the device is told. */
    static final Set<String> OF_THE_DEVICE = Set.of("dstport", "udp6zerocsumrx");

    private static final Set<String> SAID =
            Set.of("id", "ttl", "tos", "dstport", "udpcsum", "udp6zerocsumtx", "udp6zerocsumrx", Geneve.HEADER_OPTIONS);

    private GeneveExternal() {}

    static Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>(External.conflicts(options, SAID));
        Map<String, String> words = options.asWords();
        // geneve_xmit_skb takes ttl and tos of the metadata as they are, 0 and 1 too.
        if (!words.getOrDefault("ttl", "").matches("[0-9]+")) {
            conflicts.put(
                    "ttl",
                    "must be a number beside external, 1 … 255: by a route that says none the outer header has TTL 0");
        }
        if ("inherit".equals(words.get("tos"))) {
            conflicts.put("tos", "cannot be inherit beside external: a route can say a number only; give 0 … 255");
        }
        if ("false".equals(options.given().get(Geneve.NO_CHECKSUM_TAKEN))) {
            // geneve_nl2info in drivers/net/geneve.c asks for checksums of devices with an IPv6 remote alone.
            conflicts.put(
                    Geneve.NO_CHECKSUM_TAKEN,
                    "cannot be false beside external: a device without a remote takes packets without a checksum; leave it out");
        }
        int length = GeneveTunnelOption.of(options).stream()
                .mapToInt(GeneveTunnelOption::length)
                .sum();
        if (length > GeneveTunnelOption.LONGEST) {
            conflicts.put(
                    Geneve.HEADER_OPTIONS,
                    "makes " + length + " bytes of options, and a Geneve header takes " + GeneveTunnelOption.LONGEST
                            + "; leave some out");
        }
        return conflicts;
    }

    /** What a route says to the device of an end. */
    static LightweightTunnel route(TunnelEnd end) {
        Map<String, String> words = end.options().asWords();
        boolean summed = Family.of(end.remote()) == Family.IPV4
                ? "true".equals(words.get("udpcsum"))
                : !"true".equals(words.get("udp6zerocsumtx"));
        return External.route(
                end,
                Long.valueOf(words.getOrDefault("id", "0")),
                summed ? List.of(HeaderField.CSUM) : List.of(),
                extra(GeneveTunnelOption.of(end.options())));
    }

    private static @Nullable Extra extra(List<GeneveTunnelOption> options) {
        if (options.isEmpty()) {
            return null;
        }
        String words = options.stream().map(GeneveTunnelOption::text).collect(Collectors.joining(","));
        return new Extra(
                List.of(Geneve.HEADER_OPTIONS, words),
                options.stream().map(GeneveExternal::attribute).toList());
    }

    /** {@code ip_tun_parse_opts_geneve} in net/ipv4/ip_tunnel_core.c reads it. */
    private static Attribute attribute(GeneveTunnelOption option) {
        return new Attribute(
                "LWTUNNEL_IP_OPTS_GENEVE",
                1,
                Value.Nest.of(
                        new Attribute("LWTUNNEL_IP_OPT_GENEVE_CLASS", 1, Value.be16(option.optionClass())),
                        new Attribute("LWTUNNEL_IP_OPT_GENEVE_TYPE", 2, Value.u8(option.type())),
                        new Attribute("LWTUNNEL_IP_OPT_GENEVE_DATA", 3, new Value.Octets(option.data()))));
    }
}
