package dev.culvert.harness.evidence;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** By what the servers of a topology were told what they are. */
public enum ConfiguredBy {
    /** The commands of {@code ip}. */
    IPROUTE2,
    /** Messages of our own to the kernel; commands only for what netlink does not do: settings, offloads, network namespaces. */
    NETLINK;

    /** The one of that id; throws {@link IllegalArgumentException} naming those there are. */
    @JsonCreator
    public static ConfiguredBy of(String id) {
        return Arrays.stream(values())
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + id + "\" is no configurator; there are iproute2 and netlink"));
    }

    /** How it is written on the command line. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
