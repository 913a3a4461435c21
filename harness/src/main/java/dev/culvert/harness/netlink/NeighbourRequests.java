package dev.culvert.harness.netlink;

import dev.culvert.harness.netlink.NetlinkRequest.Flag;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Change;
import java.util.List;
import java.util.Set;

/** Requests that concern neighbours: {@code RTM_NEWNEIGH} of include/uapi/linux/rtnetlink.h, attributes of neighbour.h. */
final class NeighbourRequests {

    private static final int NEW = 28;
    private static final int PERMANENT = 0x80;

    private NeighbourRequests() {}

    static NetlinkRequest set(Change.SetNeighbour neighbour) {
        // struct ndmsg
        List<Field> header = List.of(
                new Field("ndm_family", Value.u8(AddressFamily.of(neighbour.address()))),
                new Field("ndm_pad1", Value.u8(0)),
                new Field("ndm_pad2", Value.u16(0)),
                new Field("ndm_ifindex", new Value.Device(neighbour.device())),
                new Field("ndm_state", Value.u16(PERMANENT)),
                new Field("ndm_flags", Value.u8(0)),
                new Field("ndm_type", Value.u8(0)));
        List<Attribute> attributes = List.of(
                new Attribute("NDA_DST", 1, new Value.Address(neighbour.address())),
                new Attribute("NDA_LLADDR", 2, new Value.Mac(neighbour.mac())));
        return NetlinkRequest.acknowledged(
                "RTM_NEWNEIGH", NEW, Set.of(Flag.CREATE, Flag.REPLACE), new Value.Nest(header, attributes));
    }
}
