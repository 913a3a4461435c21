package dev.culvert.harness.netlink;

import dev.culvert.harness.netlink.NetlinkRequest.Flag;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/** Requests that concern addresses: {@code RTM_*ADDR} of include/uapi/linux/rtnetlink.h, attributes of if_addr.h. */
final class AddressRequests {

    private static final int NEW = 20;
    private static final int DELETE = 21;
    private static final int GET = 22;

    /** {@code IFA_F_NODAD}. */
    private static final int WITHOUT_DETECTION = 0x02;

    private AddressRequests() {}

    /** A device gets an address, which it must not have yet, an IPv6 one without duplicate address detection. */
    static NetlinkRequest add(String device, InetAddress address, int prefixLength) {
        int flags = AddressFamily.of(address) == AddressFamily.INET6 ? WITHOUT_DETECTION : 0;
        return NetlinkRequest.acknowledged(
                "RTM_NEWADDR", NEW, Set.of(Flag.CREATE, Flag.EXCL), body(device, address, prefixLength, flags));
    }

    /** A device loses an address. */
    static NetlinkRequest delete(String device, InetAddress address, int prefixLength) {
        return NetlinkRequest.acknowledged("RTM_DELADDR", DELETE, Set.of(), body(device, address, prefixLength, 0));
    }

    /** All addresses of all devices. */
    static NetlinkRequest dump() {
        return NetlinkRequest.dump("RTM_GETADDR", GET, new Value.Nest(header(0, 0, 0, Value.u32(0)), List.of()));
    }

    private static Value.Nest body(String device, InetAddress address, int prefixLength, int flags) {
        Value value = new Value.Address(address);
        return new Value.Nest(
                header(AddressFamily.of(address), prefixLength, flags, new Value.Device(device)),
                List.of(new Attribute("IFA_LOCAL", 2, value), new Attribute("IFA_ADDRESS", 1, value)));
    }

    /** {@code struct ifaddrmsg}. */
    private static List<Field> header(int family, int prefixLength, int flags, Value index) {
        return List.of(
                new Field("ifa_family", Value.u8(family)),
                new Field("ifa_prefixlen", Value.u8(prefixLength)),
                new Field("ifa_flags", Value.u8(flags)),
                new Field("ifa_scope", Value.u8(0)),
                new Field("ifa_index", index));
    }
}
