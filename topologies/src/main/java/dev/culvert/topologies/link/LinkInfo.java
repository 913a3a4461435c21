package dev.culvert.topologies.link;

import java.util.List;

/**
 * What makes a link one of its kind: {@code IFLA_LINKINFO} of include/uapi/linux/if_link.h.
 *
 * @param kind {@code IFLA_INFO_KIND}, {@code gre}
 * @param options {@code IFLA_INFO_DATA}, in the order in which they are told
 */
public record LinkInfo(String kind, List<LinkOption> options) {

    public LinkInfo {
        options = List.copyOf(options);
    }
}
