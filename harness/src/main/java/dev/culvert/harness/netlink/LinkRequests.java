package dev.culvert.harness.netlink;

import static dev.culvert.harness.netlink.NetlinkRequest.acknowledged;

import dev.culvert.harness.netlink.NetlinkRequest.Flag;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests that concern links: {@code RTM_*LINK} of include/uapi/linux/rtnetlink.h, attributes of if_link.h. */
public final class LinkRequests {

    static final int NEW = 16;
    static final int DELETE = 17;
    static final int GET = 18;
    private static final int UP = 0x1;

    /** {@code RTEXT_FILTER_SKIP_STATS}: what is asked for is not the counters. */
    private static final int WITHOUT_STATISTICS = 1 << 3;

    private LinkRequests() {}

    /**
     * A device of a kind is made.
     *
     * @param mac its Ethernet address, or null to leave it to the kernel
     */
    public static NetlinkRequest add(String device, @Nullable String mac, LinkInfo info) {
        List<Attribute> data =
                info.options().stream().map(LinkOption::attribute).toList();
        return add(device, mac, info.kind(), data);
    }

    /** A bridge is made that forwards at once and looks at no group membership: {@code IFLA_BR_*} of if_link.h. */
    static NetlinkRequest add(Change.AddBridge bridge) {
        return add(
                bridge.device(),
                bridge.mac(),
                "bridge",
                List.of(
                        new Attribute("IFLA_BR_STP_STATE", 5, Value.u32(0)),
                        new Attribute("IFLA_BR_MCAST_SNOOPING", 23, Value.u8(0))));
    }

    private static NetlinkRequest add(String device, @Nullable String mac, String kind, List<Attribute> data) {
        List<Attribute> attributes = new ArrayList<>(List.of(name(device)));
        if (mac != null) {
            attributes.add(address(mac));
        }
        attributes.add(new Attribute(
                "IFLA_LINKINFO",
                18,
                Value.Nest.of(
                        new Attribute("IFLA_INFO_KIND", 1, new Value.Text(kind)),
                        new Attribute("IFLA_INFO_DATA", 2, new Value.Nest(List.of(), data)))));
        return acknowledged(
                "RTM_NEWLINK", NEW, Set.of(Flag.CREATE, Flag.EXCL), new Value.Nest(header(0, 0), attributes));
    }

    /** A device becomes a port of a bridge. */
    static NetlinkRequest setMaster(String device, String bridge) {
        return acknowledged(
                "RTM_NEWLINK",
                NEW,
                Set.of(),
                new Value.Nest(
                        header(0, 0),
                        List.of(name(device), new Attribute("IFLA_MASTER", 10, new Value.Device(bridge)))));
    }

    /**
     * A veth pair is made where the request goes.
     *
     * @param near what is made there
     * @param far what is made in the network namespace of a process
     * @param pid that process, as whoever sends the request sees it
     */
    public static NetlinkRequest addPair(Port near, Port far, int pid) {
        return addPair(near, far, Value.u32(pid));
    }

    private static NetlinkRequest addPair(Port near, Port far, Value pid) {
        List<Attribute> peer = new ArrayList<>(port(far));
        peer.add(new Attribute("IFLA_NET_NS_PID", 19, pid));
        List<Attribute> attributes = new ArrayList<>(port(near));
        attributes.add(new Attribute(
                "IFLA_LINKINFO",
                18,
                Value.Nest.of(
                        new Attribute("IFLA_INFO_KIND", 1, new Value.Text("veth")),
                        new Attribute(
                                "IFLA_INFO_DATA",
                                2,
                                // include/uapi/linux/veth.h
                                Value.Nest.of(
                                        new Attribute("VETH_INFO_PEER", 1, new Value.Nest(header(0, 0), peer)))))));
        return acknowledged(
                "RTM_NEWLINK", NEW, Set.of(Flag.CREATE, Flag.EXCL), new Value.Nest(header(0, 0), attributes));
    }

    /** The request for a pair as it is shown to people, with the place of the far end instead of the process, which is known only when there is one. */
    static NetlinkRequest pairByName(Port near, Port far) {
        return addPair(near, far, new Value.Text(far.place().id()));
    }

    /** A device goes up or down. */
    static NetlinkRequest setState(String device, boolean up) {
        return acknowledged(
                "RTM_NEWLINK", NEW, Set.of(), new Value.Nest(header(up ? UP : 0, UP), List.of(name(device))));
    }

    /** A device gets an MTU. */
    static NetlinkRequest setMtu(String device, int mtu) {
        return acknowledged(
                "RTM_NEWLINK", NEW, Set.of(), new Value.Nest(header(0, 0), List.of(name(device), mtu(mtu))));
    }

    /** A device goes. */
    static NetlinkRequest delete(String device) {
        return acknowledged("RTM_DELLINK", DELETE, Set.of(), new Value.Nest(header(0, 0), List.of(name(device))));
    }

    /** What the kernel says of one device. */
    static NetlinkRequest get(String device) {
        return acknowledged(
                "RTM_GETLINK", GET, Set.of(), new Value.Nest(header(0, 0), List.of(name(device), noStatistics())));
    }

    /** What the kernel says of all devices, but for their counters. */
    public static NetlinkRequest dump() {
        return NetlinkRequest.dump("RTM_GETLINK", GET, new Value.Nest(header(0, 0), List.of(noStatistics())));
    }

    private static List<Attribute> port(Port port) {
        return List.of(name(port.device()), address(port.mac()), mtu(port.mtu()));
    }

    private static Attribute address(String mac) {
        return new Attribute("IFLA_ADDRESS", 1, new Value.Mac(mac));
    }

    private static Attribute name(String device) {
        return new Attribute("IFLA_IFNAME", 3, new Value.Text(device));
    }

    private static Attribute mtu(int mtu) {
        return new Attribute("IFLA_MTU", 4, Value.u32(mtu));
    }

    private static Attribute noStatistics() {
        return new Attribute("IFLA_EXT_MASK", 29, Value.u32(WITHOUT_STATISTICS));
    }

    /** {@code struct ifinfomsg}. Its index is 0: the device goes by its name. */
    private static List<Field> header(int flags, int change) {
        return List.of(
                new Field("ifi_family", Value.u8(0)),
                new Field("padding", Value.u8(0)),
                new Field("ifi_type", Value.u16(0)),
                new Field("ifi_index", Value.u32(0)),
                new Field("ifi_flags", Value.u32(flags)),
                new Field("ifi_change", Value.u32(change)));
    }
}
