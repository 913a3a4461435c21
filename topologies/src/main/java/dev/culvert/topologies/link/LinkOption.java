package dev.culvert.topologies.link;

import java.util.List;

/**
 * An option of a link: how the kernel is told it, and how it is reported.
 *
 * @param option the name in topology files, by which people are told of a difference
 * @param attribute it lies in {@code IFLA_INFO_DATA}, on the way there and on the way back
 * @param shown what iproute2 makes of it; empty where iproute2 shows nothing of it
 */
public record LinkOption(String option, Attribute attribute, List<Shown> shown) {

    public LinkOption {
        shown = List.copyOf(shown);
    }

    /** An option that iproute2 shows under one key. */
    public static LinkOption of(String option, Attribute attribute, Shown shown) {
        return new LinkOption(option, attribute, List.of(shown));
    }
}
