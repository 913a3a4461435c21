package dev.culvert.topologies.kind;

import static dev.culvert.topologies.kind.Geneve.AUTO;
import static dev.culvert.topologies.kind.Geneve.CHECKSUM;
import static dev.culvert.topologies.kind.Geneve.DF;
import static dev.culvert.topologies.kind.Geneve.DONT_FRAGMENT;
import static dev.culvert.topologies.kind.Geneve.FLOW_LABEL;
import static dev.culvert.topologies.kind.Geneve.ID;
import static dev.culvert.topologies.kind.Geneve.INNER_PROTOCOL;
import static dev.culvert.topologies.kind.Geneve.NO_CHECKSUM_SENT;
import static dev.culvert.topologies.kind.Geneve.NO_CHECKSUM_TAKEN;
import static dev.culvert.topologies.kind.Geneve.PORT;
import static dev.culvert.topologies.kind.Geneve.TTL;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.Map;

/** What netlink is told of a Geneve device: {@code geneve_nl2info} in drivers/net/geneve.c reads it, {@code geneve_print_opt} in iproute2 shows it. */
final class GeneveAttributes {

    private GeneveAttributes() {}

    static LinkOptions of(TunnelEnd end) {
        return end.external() ? external(end) : withEnds(end);
    }

    private static LinkOptions external(TunnelEnd end) {
        LinkOptions told = new LinkOptions(end.options())
                .add(External.told("IFLA_GENEVE_COLLECT_METADATA", 6))
                .add(port(end));
        return Family.of(end.remote()) == Family.IPV6 ? told.add(noChecksumTaken(true)) : told;
    }

    private static LinkOption port(TunnelEnd end) {
        int port = Geneve.port(end.options());
        return LinkOption.of(
                PORT, new Attribute("IFLA_GENEVE_PORT", 5, Value.be16(port)), new Shown("port", String.valueOf(port)));
    }

    private static LinkOption noChecksumTaken(boolean taken) {
        return flag(NO_CHECKSUM_TAKEN, "IFLA_GENEVE_UDP_ZERO_CSUM6_RX", 10, "udp_zero_csum6_rx", taken);
    }

    private static LinkOptions withEnds(TunnelEnd end) {
        Map<String, String> words = end.options().asWords();
        String id = words.getOrDefault(ID, "0");
        boolean overIpv6 = Family.of(end.remote()) == Family.IPV6;
        LinkOptions told = new LinkOptions(end.options())
                .add(LinkOption.of(
                        ID, new Attribute("IFLA_GENEVE_ID", 1, Value.u32(Long.parseLong(id))), new Shown("id", id)))
                .add(ttl(words.getOrDefault(TTL, AUTO)))
                .tos("IFLA_GENEVE_TOS", 4)
                .add(port(end));
        if ("true".equals(words.get(INNER_PROTOCOL))) {
            told.add(LinkOption.of(
                    INNER_PROTOCOL,
                    new Attribute("IFLA_GENEVE_INNER_PROTO_INHERIT", 14, Value.present()),
                    new Shown("inner_proto_inherit", "true")));
        }
        return overIpv6 ? ipv6(told, end, words) : ipv4(told, end, words);
    }

    private static LinkOptions ipv4(LinkOptions told, TunnelEnd end, Map<String, String> words) {
        String df = words.getOrDefault(DONT_FRAGMENT, DF.get(0));
        return told.address("remote", "IFLA_GENEVE_REMOTE", 2, end.remote())
                .add(flag(CHECKSUM, "IFLA_GENEVE_UDP_CSUM", 8, "udp_csum", words))
                .add(LinkOption.of(
                        DONT_FRAGMENT,
                        new Attribute("IFLA_GENEVE_DF", 13, Value.u8(DF.indexOf(df))),
                        new Shown("df", df)));
    }

    private static LinkOptions ipv6(LinkOptions told, TunnelEnd end, Map<String, String> words) {
        int label = Integer.parseInt(words.getOrDefault(FLOW_LABEL, "0"));
        return told.add(LinkOption.of(
                        "remote",
                        new Attribute("IFLA_GENEVE_REMOTE6", 7, new Value.Address(end.remote())),
                        new Shown("remote6", IpAddress.text(end.remote()))))
                .add(flag(NO_CHECKSUM_SENT, "IFLA_GENEVE_UDP_ZERO_CSUM6_TX", 9, "udp_zero_csum6_tx", words))
                .add(noChecksumTaken(Boolean.parseBoolean(words.get(NO_CHECKSUM_TAKEN))))
                .add(LinkOption.of(
                        FLOW_LABEL,
                        new Attribute("IFLA_GENEVE_LABEL", 11, Value.be32(label)),
                        new Shown("label", label == 0 ? null : "0x" + Integer.toHexString(label))));
    }

    private static LinkOption flag(String option, String name, int type, String key, Map<String, String> words) {
        return flag(option, name, type, key, Boolean.parseBoolean(words.get(option)));
    }

    private static LinkOption flag(String option, String name, int type, String key, boolean on) {
        return LinkOption.of(
                option, new Attribute(name, type, Value.u8(on ? 1 : 0)), new Shown(key, String.valueOf(on)));
    }

    /** To inherit it is an attribute of its own, beside which the number is not looked at; {@code ip -j} is silent about it ({@code geneve_print_opt}). */
    private static LinkOption ttl(String word) {
        if (word.equals(NumberOrInherit.INHERIT)) {
            return LinkOption.of(TTL, new Attribute("IFLA_GENEVE_TTL_INHERIT", 12, Value.u8(1)), new Shown(TTL, null));
        }
        String number = word.equals(AUTO) ? "0" : word;
        return LinkOption.of(
                TTL, new Attribute("IFLA_GENEVE_TTL", 3, Value.u8(Integer.parseInt(number))), new Shown(TTL, number));
    }
}
