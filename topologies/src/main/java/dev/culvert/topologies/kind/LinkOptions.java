package dev.culvert.topologies.kind;

import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gathers the options of a device as the kernel is told them. Every option that has a default is told, as iproute2 does it. */
final class LinkOptions {

    /** TUNNEL_ENCAP_FLAG_CSUM, TUNNEL_ENCAP_FLAG_CSUM6 and TUNNEL_ENCAP_FLAG_REMCSUM of include/uapi/linux/if_tunnel.h. */
    private static final int ENCAP_CSUM = 1;

    private static final int ENCAP_CSUM6 = 2;
    private static final int ENCAP_REMCSUM = 4;

    /** The mark with which the way of outer packets is looked up. */
    static final Option MARK = new Option.Mark("fwmark");

    private final Map<String, String> words;
    private final List<LinkOption> told = new ArrayList<>();

    LinkOptions(Options options) {
        this.words = options.asWords();
    }

    LinkOptions add(LinkOption option) {
        told.add(option);
        return this;
    }

    /** An end of the tunnel. */
    LinkOptions address(String option, String name, int type, InetAddress address) {
        Shown shown = new Shown(option, IpAddress.text(address));
        return add(LinkOption.of(option, new Attribute(name, type, new Value.Address(address)), shown));
    }

    /** A TTL in one byte, in which 0 is to inherit it. */
    LinkOptions ttl(String name, int type) {
        int ttl = number("ttl", 0);
        return add(
                LinkOption.of("ttl", new Attribute(name, type, Value.u8(ttl)), new Shown("ttl", String.valueOf(ttl))));
    }

    /** A TOS in one byte, in which 1 is to inherit it. iproute2 shows none that is 0. */
    LinkOptions tos(String name, int type) {
        int tos = number("tos", 1);
        return add(LinkOption.of(
                "tos",
                new Attribute(name, type, Value.u8(tos)),
                new Shown("tos", tos == 0 ? null : "0x" + Integer.toHexString(tos))));
    }

    /** A switch in one byte, which iproute2 shows on and off. */
    LinkOptions flag(String option, String name, int type) {
        String on = words.get(option);
        return add(LinkOption.of(
                option, new Attribute(name, type, Value.u8("true".equals(on) ? 1 : 0)), new Shown(option, on)));
    }

    /** The device that {@code dev} names, or none. */
    LinkOptions device(String name, int type) {
        String device = words.get("dev");
        Value value = device == null ? Value.u32(0) : new Value.Device(device);
        return add(LinkOption.of("dev", new Attribute(name, type, value), new Shown("link", device)));
    }

    /** The mark, which iproute2 shows in hexadecimal if there is one; one to be inherited is told as none, beside a flag. */
    LinkOptions mark(String name, int type) {
        String word = words.get(MARK.name());
        long mark = NumberOrInherit.INHERIT.equals(word) ? 0 : Long.parseLong(word);
        return add(LinkOption.of(
                MARK.name(),
                new Attribute(name, type, Value.u32(mark)),
                new Shown(MARK.name(), mark == 0 ? null : "0x" + Long.toHexString(mark))));
    }

    /**
     * The four attributes of what puts packets into UDP ({@code ip_tunnel_netlink_encap_parms} in net/ipv4/ip_tunnel_core.c), shown by
     * {@code tnl_print_encap} in iproute2's {@code ip/tunnel.c} in an object of their own, if there is an encapsulation.
     *
     * @param prefix of their names
     * @param first the type of the first one
     */
    LinkOptions udpEncapsulation(Options options, String prefix, int first) {
        Optional<UdpEncapsulation> encapsulation = UdpEncapsulation.of(options);
        int type = encapsulation.map(e -> e.header().type()).orElse(0);
        int source = encapsulation.map(e -> e.sourcePort().orElse(0)).orElse(0);
        int destination = encapsulation.map(UdpEncapsulation::destinationPort).orElse(0);
        boolean overIpv6 = words.containsKey("encap-udp6-csum");
        String checksum = overIpv6 ? "encap-udp6-csum" : "encap-csum";
        List<Value.Bit> flags = List.of(
                new Value.Bit(checksum, overIpv6 ? ENCAP_CSUM6 : ENCAP_CSUM, "true".equals(words.get(checksum))),
                new Value.Bit("encap-remcsum", ENCAP_REMCSUM, "true".equals(words.get("encap-remcsum"))));
        Function<String, @Nullable String> ifThere = text -> encapsulation.isPresent() ? text : null;
        add(LinkOption.of(
                "encap",
                new Attribute(prefix + "TYPE", first, Value.u16(type)),
                new Shown("encap/type", ifThere.apply(words.get("encap")))));
        add(new LinkOption(
                checksum + ", encap-remcsum",
                new Attribute(prefix + "FLAGS", first + 1, new Value.Bits(2, false, flags)),
                List.of(
                        new Shown(overIpv6 ? "encap/csum6" : "encap/csum", ifThere.apply(words.get(checksum))),
                        new Shown("encap/remcsum", ifThere.apply(words.get("encap-remcsum"))))));
        add(LinkOption.of(
                "encap-sport",
                new Attribute(prefix + "SPORT", first + 2, Value.be16(source)),
                new Shown("encap/sport", ifThere.apply(String.valueOf(source)))));
        return add(LinkOption.of(
                "encap-dport",
                new Attribute(prefix + "DPORT", first + 3, Value.be16(destination)),
                new Shown("encap/dport", ifThere.apply(String.valueOf(destination)))));
    }

    /**
     * What an outer IPv6 header is like.
     *
     * @param prefix of the names of the attributes
     * @param hopLimit the type of the attribute of the hop limit
     * @param limit that of the encapsulation limit; traffic class and flow label come next, and then what is a flag
     */
    LinkOptions outerIpv6(String prefix, int hopLimit, int limit) {
        OuterIpv6.told(words, prefix, hopLimit, limit).forEach(this::add);
        return this;
    }

    LinkInfo ofKind(String kind) {
        return new LinkInfo(kind, told);
    }

    private int number(String option, int inherit) {
        String word = words.get(option);
        return NumberOrInherit.INHERIT.equals(word) ? inherit : Integer.parseInt(word);
    }
}
