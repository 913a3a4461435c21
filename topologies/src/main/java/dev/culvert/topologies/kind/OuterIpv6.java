package dev.culvert.topologies.kind;

import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.HexadecimalOrInherit;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Option.NumberOrNone;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The outer IPv6 header of the kinds that have one, with the encapsulation limit behind it, and the options that say what it is like. Kernel:
 * {@code ip6_tnl_xmit} in net/ipv6/ip6_tunnel.c; defaults are those of iproute2's {@code ip/link_ip6tnl.c} and {@code ip/link_gre6.c}.
 */
final class OuterIpv6 {

    /** Its length in bytes (RFC 8200 section 3). */
    static final int HEADER = 40;

    /** The options, in the words of {@code ip link}. */
    static final List<Option> OPTIONS = List.of(
            new NumberOrNone("encaplimit", 0, 255, "4"),
            new NumberOrInherit("hoplimit", 1, 255, "64"),
            new HexadecimalOrInherit("tclass", 0xff),
            new HexadecimalOrInherit("flowlabel", 0xfffff),
            new Option.Flag("allow-localremote", false));

    /** The mark with which the way of outer packets is looked up, which may be that of the inner packet ({@code IP6_TNL_F_USE_ORIG_FWMARK}). */
    static final Option MARK = new Option.MarkOrInherit(LinkOptions.MARK.name());

    /** Whose DSCP comes out of a device of layer 3; what is not said is not so, {@code ip6tunnel_parse_opt} and {@code gre_parse_opt} know no word for it. */
    static final Option DSCP = new Option.Choice("dscp", List.of(NumberOrInherit.INHERIT), null);

    /** The words by which a device takes as much as it can of the header from the inner one. */
    static final List<String> INHERITED = List.of("hoplimit", "inherit", "tclass", "inherit", "flowlabel", "inherit");

    /** Next header: destination options (RFC 8200 section 4.6). */
    private static final int DESTINATION_OPTIONS = 60;

    /** {@code IPV6_DEFAULT_TNL_ENCAP_LIMIT}. */
    private static final int DEFAULT_LIMIT = 4;

    private OuterIpv6() {}

    /**
     * What is wrong with options of the header beside external mode, in which a route says them: {@code ipxip6_tnl_xmit} and {@code __gre6_xmit}
     * take the traffic class of the metadata as it is.
     */
    static Map<String, String> conflictsWithExternal(Options options) {
        return NumberOrInherit.INHERIT.equals(options.asWords().get("tclass"))
                ? Map.of("tclass", "cannot be inherit beside external: a route can say a number only; give 0 … 255")
                : Map.of();
    }

    /** The words by which a device gives every header this hop limit and traffic class. */
    static List<String> fixed(int hopLimit, int trafficClass) {
        return List.of("hoplimit", String.valueOf(hopLimit), "tclass", "0x" + Integer.toHexString(trafficClass));
    }

    /** Whether what comes out of the tunnel has the DSCP of the header: {@code IP6_TNL_F_RCV_DSCP_COPY}. */
    static boolean takesDscp(Options options) {
        return NumberOrInherit.INHERIT.equals(options.asWords().get(DSCP.name()));
    }

    /** Bytes of the header with these options, that of the encapsulation limit included. */
    static int length(Options options) {
        return HEADER + (EncapsulationLimit.of(options).isPresent() ? EncapsulationLimit.LENGTH : 0);
    }

    /** The next header field with these options over something of that protocol. */
    static int nextHeader(Options options, int protocol) {
        return EncapsulationLimit.of(options).isPresent() ? DESTINATION_OPTIONS : protocol;
    }

    /** What is behind the header: the encapsulation limit, unless there is to be none, and something of that protocol. */
    static byte[] behind(Options options, int protocol, byte[] made) {
        return EncapsulationLimit.of(options)
                .map(limit -> limit.before(protocol, made))
                .orElseGet(made::clone);
    }

    /**
     * The options as the kernel is told them.
     *
     * @param prefix of the names of the attributes
     * @param hopLimit the type of the attribute of the hop limit
     * @param limit that of the encapsulation limit; traffic class and flow label come next, and then what is a flag
     */
    static List<LinkOption> told(Map<String, String> words, String prefix, int hopLimit, int limit) {
        return List.of(
                hopLimit(words.get("hoplimit"), prefix + "TTL", hopLimit),
                encapsulationLimit(words.get("encaplimit"), prefix + "ENCAP_LIMIT", limit),
                flowInformation(words.get("tclass"), words.get("flowlabel"), prefix + "FLOWINFO", limit + 1),
                flags(words, prefix + "FLAGS", limit + 2));
    }

    private static LinkOption hopLimit(String word, String name, int type) {
        int limit = NumberOrInherit.INHERIT.equals(word) ? 0 : Integer.parseInt(word);
        return LinkOption.of(
                "hoplimit", new Attribute(name, type, Value.u8(limit)), new Shown("ttl", String.valueOf(limit)));
    }

    /** The limit stays told where a flag says that there is none. */
    private static LinkOption encapsulationLimit(String word, String name, int type) {
        boolean none = NumberOrNone.NONE.equals(word);
        return LinkOption.of(
                "encaplimit",
                new Attribute(name, type, Value.u8(none ? DEFAULT_LIMIT : Integer.parseInt(word))),
                new Shown("encap_limit", none ? null : word));
    }

    /** Traffic class and flow label as they stand in the first four bytes of an IPv6 header (RFC 8200 section 3). */
    private static LinkOption flowInformation(String trafficClass, String flowLabel, String name, int type) {
        boolean inheritsClass = NumberOrInherit.INHERIT.equals(trafficClass);
        boolean inheritsLabel = NumberOrInherit.INHERIT.equals(flowLabel);
        int classBits = inheritsClass ? 0 : Integer.decode(trafficClass);
        int labelBits = inheritsLabel ? 0 : Integer.decode(flowLabel);
        return new LinkOption(
                "tclass, flowlabel",
                new Attribute(name, type, Value.be32((long) classBits << 20 | labelBits)),
                List.of(
                        new Shown("tclass", inheritsClass ? null : String.format("0x%02x", classBits)),
                        new Shown("flowlabel", inheritsLabel ? null : String.format("0x%05x", labelBits))));
    }

    /** {@code IP6_TNL_F_*} of include/uapi/linux/ip6_tunnel.h. */
    private static LinkOption flags(Map<String, String> words, String name, int type) {
        List<Value.Bit> bits = List.of(
                new Value.Bit("encaplimit none", 0x1, NumberOrNone.NONE.equals(words.get("encaplimit"))),
                new Value.Bit("tclass inherit", 0x2, NumberOrInherit.INHERIT.equals(words.get("tclass"))),
                new Value.Bit("flowlabel inherit", 0x4, NumberOrInherit.INHERIT.equals(words.get("flowlabel"))),
                new Value.Bit("dscp inherit", 0x10, NumberOrInherit.INHERIT.equals(words.get(DSCP.name()))),
                new Value.Bit("fwmark inherit", 0x20, NumberOrInherit.INHERIT.equals(words.get(MARK.name()))),
                new Value.Bit("allow-localremote", 0x40, "true".equals(words.get("allow-localremote"))));
        List<String> keys = List.of(
                "ip6_tnl_f_ign_encap_limit",
                "ip6_tnl_f_use_orig_tclass",
                "ip6_tnl_f_use_orig_flowlabel",
                "ip6_tnl_f_rcv_dscp_copy",
                "ip6_tnl_f_use_orig_fwmark",
                "ip6_tnl_f_allow_local_remote");
        List<Shown> shown = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            shown.add(new Shown(keys.get(i), bits.get(i).on() ? "true" : null));
        }
        return new LinkOption(
                "encaplimit, tclass, flowlabel, dscp, fwmark, allow-localremote",
                new Attribute(name, type, new Value.Bits(4, false, bits)),
                shown);
    }
}
