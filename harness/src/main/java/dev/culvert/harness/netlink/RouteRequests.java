package dev.culvert.harness.netlink;

import dev.culvert.harness.netlink.NetlinkRequest.Flag;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Change;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests that make routes of the main table: {@code RTM_NEWROUTE} and {@code RTA_*} of include/uapi/linux/rtnetlink.h. */
final class RouteRequests {

    private static final int NEW = 24;
    private static final int MAIN = 254;
    /** {@code RTPROT_BOOT}, what iproute2 says of a route that it is not told where it comes from. */
    private static final int BOOT = 3;

    private static final int UNICAST = 1;
    private static final int UNIVERSE = 0;
    private static final int LINK = 253;
    private static final int ONLINK = 4;
    private static final int LABEL_BITS = 20;

    private RouteRequests() {}

    static NetlinkRequest add(Change.AddRoute route) {
        InetAddress to = route.to().network();
        int family = AddressFamily.of(to);
        List<Attribute> attributes = new ArrayList<>();
        if (route.to().prefixLength() > 0) {
            attributes.add(new Attribute("RTA_DST", 1, new Value.Address(to)));
        }
        if (!route.labels().isEmpty()) {
            // include/uapi/linux/lwtunnel.h, mpls_iptunnel.h
            attributes.add(new Attribute("RTA_ENCAP_TYPE", 21, Value.u16(1)));
            attributes.add(new Attribute(
                    "RTA_ENCAP",
                    22,
                    Value.Nest.of(new Attribute("MPLS_IPTUNNEL_DST", 1, new Value.Labels(route.labels())))));
        }
        if (route.encapsulation() != null) {
            attributes.addAll(route.encapsulation().attributes());
        }
        if (route.via() != null) {
            attributes.add(new Attribute("RTA_GATEWAY", 5, new Value.Address(route.via())));
        }
        if (route.device() != null) {
            attributes.add(new Attribute("RTA_OIF", 4, new Value.Device(route.device())));
        }
        // fib_check_nh in net/ipv4/fib_semantics.c: only a destination on the link is in the scope of the link.
        int scope = family == AddressFamily.INET && route.via() == null ? LINK : UNIVERSE;
        return add(family, route.to().prefixLength(), scope, route.onlink() ? ONLINK : 0, attributes);
    }

    static NetlinkRequest add(Change.PopLabel pop) {
        return add(
                AddressFamily.MPLS,
                LABEL_BITS,
                UNIVERSE,
                0,
                List.of(
                        new Attribute("RTA_DST", 1, new Value.Labels(List.of(pop.label()))),
                        new Attribute("RTA_OIF", 4, new Value.Device(pop.device()))));
    }

    private static NetlinkRequest add(int family, int prefixLength, int scope, int flags, List<Attribute> attributes) {
        // struct rtmsg
        List<Field> header = List.of(
                new Field("rtm_family", Value.u8(family)),
                new Field("rtm_dst_len", Value.u8(prefixLength)),
                new Field("rtm_src_len", Value.u8(0)),
                new Field("rtm_tos", Value.u8(0)),
                new Field("rtm_table", Value.u8(MAIN)),
                new Field("rtm_protocol", Value.u8(BOOT)),
                new Field("rtm_scope", Value.u8(scope)),
                new Field("rtm_type", Value.u8(UNICAST)),
                new Field("rtm_flags", Value.u32(flags)));
        return NetlinkRequest.acknowledged(
                "RTM_NEWROUTE", NEW, Set.of(Flag.CREATE, Flag.EXCL), new Value.Nest(header, attributes));
    }
}
