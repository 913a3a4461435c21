package dev.culvert.topologies.kind;

import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options that say what an ERSPAN header holds, and how the kernel is told them: {@code IFLA_GRE_*} of include/uapi/linux/if_tunnel.h, read by
 * {@code erspan_netlink_parms} in net/ipv4/ip_gre.c and {@code ip6erspan_set_version} in net/ipv6/ip6_gre.c.
 */
final class ErspanFields {

    private static final String TYPE_I = "0";
    private static final String TYPE_II = "1";
    private static final String TYPE_III = "2";

    private ErspanFields() {}

    /** The options of a kind whose least version that is. */
    static List<Option> of(int leastVersion) {
        return List.of(
                new Option.HeaderField("seq"),
                new Option.WholeNumber("key", 0, 1023, null),
                new Option.WholeNumber("erspan_ver", leastVersion, 2, TYPE_II),
                new Option.WholeNumber("erspan", 1, 0xfffff, null),
                new Option.Choice("erspan_dir", List.of("ingress", "egress"), "ingress"),
                new Option.WholeNumber("erspan_hwid", 0, 63, "0"));
    }

    /** What the type lacks or does not have; one sentence each, by the option to blame. */
    static Map<String, String> conflicts(Options options) {
        Map<String, String> given = options.given();
        String version = options.asWords().getOrDefault("erspan_ver", TYPE_II);
        Map<String, String> conflicts = new LinkedHashMap<>();
        if (version.equals(TYPE_I)) {
            for (String field : List.of("seq", "key")) {
                refuse(conflicts, given, field, "is no field of type I, which erspan_ver 0 is; leave it out");
            }
        } else {
            // erspan_validate in net/ipv4/ip_gre.c, ip6erspan_tap_validate in net/ipv6/ip6_gre.c: EINVAL unless both
            // and
            // nothing else is there.
            if (!"true".equals(given.get("seq"))) {
                conflicts.put(
                        "seq",
                        "must be true: types II and III have a sequence number, and the kernel insists on it; give seq: true");
            }
            if (!given.containsKey("key")) {
                conflicts.put("key", "must be given: the session id, 0 … 1023, on which the kernel insists");
            }
        }
        conflicts.putAll(ofOtherTypes(options));
        return conflicts;
    }

    /** Fields that the type does not have in its own header; one sentence each. */
    static Map<String, String> ofOtherTypes(Options options) {
        Map<String, String> given = options.given();
        String version = options.asWords().getOrDefault("erspan_ver", TYPE_II);
        Map<String, String> conflicts = new LinkedHashMap<>();
        if (!version.equals(TYPE_II)) {
            refuse(
                    conflicts,
                    given,
                    "erspan",
                    "is the index of type II, and erspan_ver " + version
                            + " is another type; give erspan_ver: 1, or leave it out");
        }
        if (!version.equals(TYPE_III)) {
            for (String field : List.of("erspan_dir", "erspan_hwid")) {
                refuse(
                        conflicts,
                        given,
                        field,
                        "is a field of type III, and erspan_ver " + version
                                + " is another type; give erspan_ver: 2, or leave it out");
            }
        }
        return conflicts;
    }

    private static void refuse(Map<String, String> conflicts, Map<String, String> given, String option, String why) {
        if (given.containsKey(option)) {
            conflicts.put(option, why);
        }
    }

    /** Adds to what GRE has what the type has. */
    static LinkOptions told(LinkOptions told, Options options) {
        ErspanHeader header = ErspanHeader.sentBy(options);
        told.add(LinkOption.of(
                "erspan_ver",
                new Attribute("IFLA_GRE_ERSPAN_VER", 22, Value.u8(header.version())),
                new Shown("erspan_ver", String.valueOf(header.version()))));
        if (header.version() == 1) {
            told.add(LinkOption.of(
                    "erspan",
                    new Attribute("IFLA_GRE_ERSPAN_INDEX", 21, Value.u32(header.index())),
                    new Shown("erspan_index", String.valueOf(header.index()))));
        } else if (header.version() == 2) {
            told.add(LinkOption.of(
                    "erspan_dir",
                    new Attribute("IFLA_GRE_ERSPAN_DIR", 23, Value.u8(header.egress() ? 1 : 0)),
                    new Shown("erspan_dir", header.egress() ? "egress" : "ingress")));
            told.add(LinkOption.of(
                    "erspan_hwid",
                    new Attribute("IFLA_GRE_ERSPAN_HWID", 24, Value.u16(header.hardwareId())),
                    new Shown("erspan_hwid", "0x" + Integer.toHexString(header.hardwareId()))));
        }
        return told;
    }
}
