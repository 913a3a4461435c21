package dev.culvert.topologies.kind;

import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.HeaderField;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of a device with a GRE header, and how the kernel is told them: {@code IFLA_GRE_*} of include/uapi/linux/if_tunnel.h, read by
 * {@code ipgre_netlink_parms} in net/ipv4/ip_gre.c and {@code ip6gre_netlink_parms} in net/ipv6/ip6_gre.c, shown by {@code gre_print_opt} in
 * iproute2's {@code ip/link_gre.c} and {@code ip/link_gre6.c}.
 */
final class GreOptions {

    /** What says which words the header has, in the words of {@code ip link}. */
    static final List<Option> HEADER = List.of(
            new Option.Key("key"),
            new Option.Key("ikey"),
            new Option.Key("okey"),
            new HeaderField("csum"),
            new HeaderField("icsum"),
            new HeaderField("ocsum"),
            new HeaderField("seq"),
            new HeaderField("iseq"),
            new HeaderField("oseq"));

    private static final int CSUM = 0x8000;
    private static final int KEY = 0x2000;
    private static final int SEQ = 0x1000;

    private final Map<String, String> given;

    private GreOptions(Options options) {
        this.given = options.given();
    }

    /** What is said both for one direction and for both; one sentence each, by the option for both. */
    static Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        for (String both : List.of("key", "csum", "seq")) {
            if (options.given().containsKey(both)
                    && (options.given().containsKey("i" + both)
                            || options.given().containsKey("o" + both))) {
                conflicts.put(
                        both,
                        "is for both directions, and i" + both + " or o" + both
                                + " is given too; give either this one or those");
            }
        }
        return conflicts;
    }

    /**
     * What is wrong with options beside external mode, in which a route says those of the header.
     *
     * @param outer the options of the outer header that a route says
     */
    static Map<String, String> conflictsWithExternal(Options options, Set<String> outer) {
        Set<String> said = new HashSet<>(outer);
        said.addAll(List.of("key", "csum", "seq"));
        Map<String, String> conflicts = External.conflicts(options, said);
        if (GreHeader.sentBy(options).checksum()) {
            // ip_tunnel_rcv in net/ipv4/ip_tunnel.c, __ip6_tnl_rcv in net/ipv6/ip6_tunnel.c: the C bit must be as
            // i_flags
            // has it, which stay 0 in this mode.
            conflicts.put(
                    "csum",
                    "cannot be true beside external: the device at the other end would refuse every packet; leave it out");
        }
        return conflicts;
    }

    /** What one end sends by is what the other receives by. */
    static String mirrored(String option) {
        return switch (option) {
            case "ikey", "icsum", "iseq" -> "o" + option.substring(1);
            case "okey", "ocsum", "oseq" -> "i" + option.substring(1);
            default -> option;
        };
    }

    /** What every kind over IPv4 takes. */
    static LinkOptions of(TunnelEnd end) {
        if (end.external()) {
            return external(end);
        }
        boolean ignoreDf = "true".equals(end.options().asWords().get("ignore-df"));
        return ends(end)
                .flag("pmtudisc", "IFLA_GRE_PMTUDISC", 10)
                .device("IFLA_GRE_LINK", 1)
                .ttl("IFLA_GRE_TTL", 8)
                .tos("IFLA_GRE_TOS", 9)
                .mark("IFLA_GRE_FWMARK", 20)
                .add(LinkOption.of(
                        "ignore-df",
                        new Attribute("IFLA_GRE_IGNORE_DF", 19, Value.u8(ignoreDf ? 1 : 0)),
                        new Shown("ignore_df", ignoreDf ? "true" : null)))
                .udpEncapsulation(end.options(), "IFLA_GRE_ENCAP_", 14);
    }

    /** What every kind over IPv6 takes. */
    static LinkOptions overIpv6(TunnelEnd end) {
        if (end.external()) {
            return external(end);
        }
        return ends(end)
                .device("IFLA_GRE_LINK", 1)
                .outerIpv6("IFLA_GRE_", 8, 11)
                .mark("IFLA_GRE_FWMARK", 20);
    }

    private static LinkOptions external(TunnelEnd end) {
        return new LinkOptions(end.options()).add(External.told("IFLA_GRE_COLLECT_METADATA", 18));
    }

    /** The header's words and the two ends, whatever the header between them. */
    private static LinkOptions ends(TunnelEnd end) {
        GreOptions gre = new GreOptions(end.options());
        return new LinkOptions(end.options())
                .add(gre.key("i", "IFLA_GRE_IKEY", 4))
                .add(gre.key("o", "IFLA_GRE_OKEY", 5))
                .add(gre.fields("i", "IFLA_GRE_IFLAGS", 2))
                .add(gre.fields("o", "IFLA_GRE_OFLAGS", 3))
                .address("local", "IFLA_GRE_LOCAL", 6, end.local())
                .address("remote", "IFLA_GRE_REMOTE", 7, end.remote());
    }

    private LinkOption key(String direction, String name, int type) {
        String word = given.get(word(direction, "key"));
        long key = word == null ? 0 : Long.parseLong(word);
        String quad = word == null ? null : Ipv4.address((int) key).getHostAddress();
        return LinkOption.of(
                word(direction, "key"), new Attribute(name, type, Value.be32(key)), new Shown(direction + "key", quad));
    }

    private LinkOption fields(String direction, String name, int type) {
        List<Value.Bit> bits = List.of(
                new Value.Bit(word(direction, "csum"), CSUM, has(direction, "csum")),
                new Value.Bit(word(direction, "key"), KEY, given.containsKey(word(direction, "key"))),
                new Value.Bit(word(direction, "seq"), SEQ, has(direction, "seq")));
        List<Shown> shown = new ArrayList<>();
        for (String field : List.of("csum", "seq")) {
            shown.add(new Shown(direction + field, has(direction, field) ? "true" : null));
        }
        return new LinkOption(
                direction + "csum, " + direction + "seq",
                new Attribute(name, type, new Value.Bits(2, true, bits)),
                shown);
    }

    private boolean has(String direction, String field) {
        return "true".equals(given.get(word(direction, field)));
    }

    /** The option by which a field is given: for this direction, or else for both. */
    private String word(String direction, String field) {
        return given.containsKey(field) ? field : direction + field;
    }
}
