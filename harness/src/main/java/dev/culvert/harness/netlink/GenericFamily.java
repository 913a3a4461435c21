package dev.culvert.harness.netlink;

import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * A family of generic netlink as its controller tells it: its number is given when its module is loaded, so that it goes by name
 * (Documentation/userspace-api/netlink/intro.rst).
 */
record GenericFamily(String name, int number) {

    /** {@code GENL_ID_CTRL}, the only family whose number is fixed. */
    static final int CONTROLLER = 16;

    private static final int GET_FAMILY = 3;
    private static final int FAMILY_ID = 1;
    private static final int FAMILY_NAME = 2;

    /** Length of {@code struct genlmsghdr}: command, version, reserved. */
    private static final int HEADER = 4;

    /** The request for what there is to know of a family. The kernel loads its module for it. */
    static NetlinkRequest lookup(String name) {
        return NetlinkRequest.acknowledged(
                NetlinkProtocol.GENERIC,
                "CTRL_CMD_GETFAMILY",
                CONTROLLER,
                Set.of(),
                new Value.Nest(
                        header(GET_FAMILY, 1),
                        List.of(new Attribute("CTRL_ATTR_FAMILY_NAME", FAMILY_NAME, new Value.Text(name)))));
    }

    /** Reads an answer to it; throws {@link MalformedNetlink} when it has no name or no number. */
    static GenericFamily of(NetlinkMessage message) {
        ByteBuffer body = message.body();
        if (body.limit() < HEADER) {
            throw new MalformedNetlink(0, "a family takes " + HEADER + " bytes, and it has " + body.limit());
        }
        ReceivedAttributes attributes = ReceivedAttributes.of(body, HEADER);
        String name = attributes.text(FAMILY_NAME).orElse("");
        long number = attributes.number(FAMILY_ID).orElse(0);
        if (name.isEmpty() || number == 0) {
            throw new MalformedNetlink(HEADER, "a family \"" + name + "\" of number " + number);
        }
        return new GenericFamily(name, (int) number);
    }

    static List<Field> header(int command, int version) {
        return List.of(
                new Field("cmd", Value.u8(command)),
                new Field("version", Value.u8(version)),
                new Field("reserved", Value.u16(0)));
    }
}
