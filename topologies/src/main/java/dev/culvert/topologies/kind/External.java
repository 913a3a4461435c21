package dev.culvert.topologies.kind;

import dev.culvert.topologies.LightweightTunnel;
import dev.culvert.topologies.LightweightTunnel.Extra;
import dev.culvert.topologies.LightweightTunnel.HeaderField;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The external mode of a device, in which it has no ends and no header of its own: a route gives each packet both (the flag
 * {@code collect_md} of {@code struct ip_tunnel} in include/net/ip_tunnels.h). The topology's options of the outer header are then the route's.
 */
final class External {

    /** The option that puts a device into this mode. */
    static final Option OPTION = new Option.Word("external");

    private External() {}

    static boolean is(Options options) {
        return "true".equals(options.asWords().get(OPTION.name()));
    }

    /**
     * What is wrong with options beside this mode.
     *
     * @param said the options that the device in this mode, or else the route, is told
     */
    static Map<String, String> conflicts(Options options, Set<String> said) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        options.given().keySet().stream()
                .filter(option -> !option.equals(OPTION.name()) && !said.contains(option))
                .forEach(option -> conflicts.put(
                        option,
                        "cannot be given beside external: neither the device nor a route is told it; there are "
                                + String.join(", ", said.stream().sorted().toList())));
        return conflicts;
    }

    /**
     * The words of {@code ip link} that such a device is made with.
     *
     * @param own the options, besides the mode itself, that are the device's
     */
    static List<String> deviceWords(Options options, Set<String> own) {
        List<String> words = new ArrayList<>(List.of(OPTION.name()));
        options.known().stream()
                .filter(option -> own.contains(option.name()))
                .filter(option -> options.given().containsKey(option.name()))
                .forEach(option -> words.addAll(option.words(options.given().get(option.name()))));
        return words;
    }

    /** How the kernel is told of the mode. */
    static LinkOption told(String name, int type) {
        return LinkOption.of(
                OPTION.name(), new Attribute(name, type, Value.present()), new Shown(OPTION.name(), "true"));
    }

    /** What a route says by the options of the outer header that an end has, of a kind that puts nothing else into its header. */
    static LightweightTunnel route(TunnelEnd end, @Nullable Long id, List<HeaderField> fields) {
        return route(end, id, fields, null);
    }

    /** What a route says by the options of the outer header that an end has. */
    static LightweightTunnel route(TunnelEnd end, @Nullable Long id, List<HeaderField> fields, @Nullable Extra extra) {
        Map<String, String> words = end.options().asWords();
        String hopLimit = words.getOrDefault("hoplimit", words.getOrDefault("ttl", NumberOrInherit.INHERIT));
        String trafficClass = words.getOrDefault("tclass", words.getOrDefault("tos", "0"));
        return new LightweightTunnel(
                end.local(),
                end.remote(),
                id,
                NumberOrInherit.INHERIT.equals(hopLimit) ? 0 : Integer.decode(hopLimit),
                NumberOrInherit.INHERIT.equals(trafficClass) ? 1 : Integer.decode(trafficClass),
                fields,
                extra);
    }
}
