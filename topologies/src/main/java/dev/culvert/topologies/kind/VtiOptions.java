package dev.culvert.topologies.kind;

import static dev.culvert.topologies.kind.LinkOptions.MARK;

import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of a device that hands packets to IPsec, the same over both versions of IP: keys, which are marks, the device beneath, and a
 * mark by which nothing is found. {@code IFLA_VTI_*} of include/uapi/linux/if_tunnel.h; shown by {@code vti_print_opt} of iproute2's ip/link_vti.c and
 * ip/link_vti6.c.
 */
final class VtiOptions {

    static final List<Option> ALL = List.of(
            new Option.Key("key"), new Option.Key("ikey"), new Option.Key("okey"), new Option.Device("dev"), MARK);

    private VtiOptions() {}

    /** What is wrong with options that are each allowed but not together, by the option to blame. */
    static Map<String, String> conflicts(Options options) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        Map<String, String> given = options.given();
        if (given.containsKey("key") && (given.containsKey("ikey") || given.containsKey("okey"))) {
            conflicts.put(
                    "key", "is for both directions, and ikey or okey is given too; give either this one or those");
        }
        for (String direction : List.of("ikey", "okey")) {
            String key = given.getOrDefault(direction, given.get("key"));
            if (key == null || key.equals("0")) {
                conflicts.put(
                        given.containsKey(direction) ? direction : "key",
                        "must be given and not 0: it is the mark that tells the tunnel's policies from those for all traffic; give 1 … 4294967295");
            }
        }
        return conflicts;
    }

    /** The option that the other end has for one of this end. */
    static String mirrored(String option) {
        return switch (option) {
            case "ikey" -> "okey";
            case "okey" -> "ikey";
            default -> option;
        };
    }

    /** What the kernel is told of a device. */
    static LinkInfo linkInfo(TunnelEnd end, String kind) {
        return new LinkOptions(end.options())
                .device("IFLA_VTI_LINK", 1)
                .add(key(end.options(), "ikey", "IFLA_VTI_IKEY", 2))
                .add(key(end.options(), "okey", "IFLA_VTI_OKEY", 3))
                .address("local", "IFLA_VTI_LOCAL", 4, end.local())
                .address("remote", "IFLA_VTI_REMOTE", 5, end.remote())
                .mark("IFLA_VTI_FWMARK", 6)
                .ofKind(kind);
    }

    private static LinkOption key(Options options, String option, String name, int type) {
        Map<String, String> given = options.given();
        long key = Long.parseLong(given.getOrDefault(option, given.getOrDefault("key", "0")));
        Shown shown = new Shown(option, Ipv4.address((int) key).getHostAddress());
        return LinkOption.of(option, new Attribute(name, type, Value.be32(key)), shown);
    }
}
