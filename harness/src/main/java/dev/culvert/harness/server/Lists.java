package dev.culvert.harness.server;

import dev.culvert.topologies.IpAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * What ip lists, as JSON with all details. The options are always the same and links come with their addresses, so that an agent keeps one
 * process of it for all lists of a place ({@code iproute.c}).
 */
public final class Lists {

    /** All links. */
    public static final List<String> LINKS = ip("addr", "show");

    /** All routes. */
    public static final List<String> ROUTES = ip("route", "show", "table", "all");

    private Lists() {}

    /** A link, if it is there. */
    public static List<String> link(String device) {
        return ip("addr", "show", "dev", device);
    }

    /** The links of a group; those that are up and those that are not. */
    public static List<String> group(String group) {
        return ip("addr", "show", "group", group);
    }

    /** The route that a packet to an address takes. */
    public static List<String> routeTo(InetAddress destination) {
        return ip("route", "get", IpAddress.text(destination));
    }

    private static List<String> ip(String... words) {
        return Stream.concat(Stream.of("ip", "-d", "-s", "-j"), Stream.of(words))
                .toList();
    }
}
