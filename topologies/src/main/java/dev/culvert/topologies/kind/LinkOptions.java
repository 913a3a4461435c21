package dev.culvert.topologies.kind;

import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Gathers the options of a device as the kernel is told them. Every option that has a default is told, as iproute2 does it. */
final class LinkOptions {

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

    LinkInfo ofKind(String kind) {
        return new LinkInfo(kind, told);
    }

    private int number(String option, int inherit) {
        String word = words.get(option);
        return NumberOrInherit.INHERIT.equals(word) ? inherit : Integer.parseInt(word);
    }
}
