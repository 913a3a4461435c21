package dev.culvert.harness.netlink;

import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpListener;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Value;
import java.util.ArrayList;
import java.util.List;

/** Requests that concern ports at which packets are taken out of UDP: {@code FOU_*} of include/uapi/linux/fou.h. */
final class FouRequests {

    private static final String FAMILY = "fou";
    private static final int VERSION = 1;
    private static final int ADD = 1;
    private static final int DELETE = 2;
    /** {@code FOU_ENCAP_DIRECT}, {@code FOU_ENCAP_GUE}. */
    private static final int DIRECT = 1;

    private static final int GUE = 2;

    private FouRequests() {}

    static NetlinkRequest add(UdpListener listener) {
        boolean gue = listener.header() == UdpEncapsulation.Header.GUE;
        List<Attribute> attributes = new ArrayList<>(socket(listener));
        attributes.add(new Attribute("FOU_ATTR_TYPE", 4, Value.u8(gue ? GUE : DIRECT)));
        if (!gue) {
            attributes.add(new Attribute("FOU_ATTR_IPPROTO", 3, Value.u8(listener.protocol())));
        }
        return NetlinkRequest.ofFamily(FAMILY, "FOU_CMD_ADD", ADD, VERSION, attributes);
    }

    static NetlinkRequest delete(UdpListener listener) {
        return NetlinkRequest.ofFamily(FAMILY, "FOU_CMD_DEL", DELETE, VERSION, socket(listener));
    }

    private static List<Attribute> socket(UdpListener listener) {
        return List.of(
                new Attribute("FOU_ATTR_PORT", 1, Value.be16(listener.port())),
                new Attribute("FOU_ATTR_AF", 2, Value.u8(AddressFamily.of(listener.family()))));
    }
}
