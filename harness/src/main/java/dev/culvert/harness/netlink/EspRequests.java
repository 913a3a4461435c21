package dev.culvert.harness.netlink;

import dev.culvert.harness.netlink.NetlinkRequest.Flag;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Field;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.EspPolicy;
import dev.culvert.topologies.plan.EspState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Requests that concern IPsec: {@code XFRM_MSG_*}, {@code XFRMA_*} and the structures of include/uapi/linux/xfrm.h. */
final class EspRequests {

    private static final int NEW_STATE = 0x10;
    private static final int NEW_POLICY = 0x13;
    private static final int FLUSH_STATES = 0x1c;
    private static final int FLUSH_POLICIES = 0x1d;

    private static final int ESP = 50;
    private static final int TUNNEL = 1;
    private static final int ADDRESS = 16;
    private static final long NO_LIMIT = -1;
    private static final long EVERY_BIT = 0xffff_ffffL;

    /** {@code UDP_ENCAP_ESPINUDP} of include/uapi/linux/udp.h. */
    private static final int ESP_IN_UDP = 2;

    /** {@code XFRM_STATE_AF_UNSPEC}. */
    private static final int OF_EITHER_FAMILY = 32;

    private EspRequests() {}

    static NetlinkRequest add(EspState state) {
        // struct xfrm_usersa_info
        List<Field> header = List.of(
                // That there is no family in it makes it one of the state's own, unless a flag says either
                // (copy_from_user_state in net/xfrm/xfrm_user.c).
                new Field("sel", selector(0)),
                id(state, state.association().spi()),
                address("saddr", state.source()),
                lifetime(),
                new Field("curlft", Value.zeros(32)),
                new Field("stats", Value.zeros(12)),
                new Field("seq", Value.u32(0)),
                new Field("reqid", Value.u32(0)),
                new Field("family", Value.u16(AddressFamily.of(state.source()))),
                new Field("mode", Value.u8(TUNNEL)),
                new Field("replay_window", Value.u8(EspState.REPLAY_WINDOW)),
                new Field("flags", Value.u8(state.ofEitherFamily() ? OF_EITHER_FAMILY : 0)),
                new Field("padding", Value.zeros(7)));
        List<Attribute> attributes = new ArrayList<>(state.esp().suite().attributes(state.association()));
        attributes.add(mark(state));
        Integer port = state.esp().udpPort();
        if (port != null) {
            attributes.add(new Attribute(
                    "XFRMA_ENCAP",
                    4,
                    Value.Struct.of(
                            new Field("encap_type", Value.u16(ESP_IN_UDP)),
                            new Field("encap_sport", Value.be16(port)),
                            new Field("encap_dport", Value.be16(port)),
                            new Field("padding", Value.u16(0)),
                            new Field("encap_oa", Value.zeros(ADDRESS)))));
        }
        return request("XFRM_MSG_NEWSA", NEW_STATE, new Value.Nest(header, attributes));
    }

    static NetlinkRequest add(EspPolicy policy) {
        EspState state = policy.state();
        int family = AddressFamily.of(state.source());
        // struct xfrm_userpolicy_info
        List<Field> header = List.of(
                new Field("sel", selector(AddressFamily.of(state.inside()))),
                lifetime(),
                new Field("curlft", Value.zeros(32)),
                new Field("priority", Value.u32(0)),
                new Field("index", Value.u32(0)),
                new Field("dir", Value.u8(policy.direction().number())),
                new Field("action", Value.u8(0)),
                new Field("flags", Value.u8(0)),
                new Field("share", Value.u8(0)),
                new Field("padding", Value.zeros(4)));
        // struct xfrm_user_tmpl
        Value template = Value.Struct.of(
                id(state, 0),
                new Field("family", Value.u16(family)),
                new Field("padding", Value.u16(0)),
                address("saddr", state.source()),
                new Field("reqid", Value.u32(0)),
                new Field("mode", Value.u8(TUNNEL)),
                new Field("share", Value.u8(0)),
                new Field("optional", Value.u8(0)),
                new Field("padding", Value.u8(0)),
                new Field("aalgos", Value.u32(EVERY_BIT)),
                new Field("ealgos", Value.u32(EVERY_BIT)),
                new Field("calgos", Value.u32(EVERY_BIT)));
        return request(
                "XFRM_MSG_NEWPOLICY",
                NEW_POLICY,
                new Value.Nest(header, List.of(new Attribute("XFRMA_TMPL", 5, template), mark(state))));
    }

    /** All states go, whatever their protocol. */
    static NetlinkRequest flushStates() {
        Value.Nest everyProtocol = new Value.Nest(List.of(new Field("proto", Value.u8(0))), List.of());
        return NetlinkRequest.acknowledged(
                NetlinkProtocol.XFRM, "XFRM_MSG_FLUSHSA", FLUSH_STATES, Set.of(), everyProtocol);
    }

    static NetlinkRequest flushPolicies() {
        return NetlinkRequest.acknowledged(
                NetlinkProtocol.XFRM,
                "XFRM_MSG_FLUSHPOLICY",
                FLUSH_POLICIES,
                Set.of(),
                new Value.Nest(List.of(), List.of()));
    }

    private static NetlinkRequest request(String name, int type, Value.Nest body) {
        return NetlinkRequest.acknowledged(NetlinkProtocol.XFRM, name, type, Set.of(Flag.CREATE, Flag.EXCL), body);
    }

    /** {@code struct xfrm_selector} for every address, port and protocol: only its family is not zero. */
    private static Value selector(int family) {
        return Value.Struct.of(
                new Field("daddr", Value.zeros(ADDRESS)),
                new Field("saddr", Value.zeros(ADDRESS)),
                new Field("ports", Value.zeros(8)),
                new Field("family", Value.u16(family)),
                new Field("prefixlen_d", Value.u8(0)),
                new Field("prefixlen_s", Value.u8(0)),
                new Field("proto", Value.u8(0)),
                new Field("padding", Value.zeros(3)),
                new Field("ifindex", Value.u32(0)),
                new Field("user", Value.u32(0)));
    }

    /** {@code struct xfrm_id}. */
    private static Field id(EspState state, long spi) {
        return new Field(
                "id",
                Value.Struct.of(
                        address("daddr", state.destination()),
                        new Field("spi", Value.be32(spi)),
                        new Field("proto", Value.u8(ESP)),
                        new Field("padding", Value.zeros(3))));
    }

    /** {@code struct xfrm_lifetime_cfg}: four limits by bytes and packets, four by time, of which 0 is none. */
    private static Field lifetime() {
        return new Field(
                "lft",
                Value.Struct.of(
                        new Field("soft_byte_limit", Value.u64(NO_LIMIT)),
                        new Field("hard_byte_limit", Value.u64(NO_LIMIT)),
                        new Field("soft_packet_limit", Value.u64(NO_LIMIT)),
                        new Field("hard_packet_limit", Value.u64(NO_LIMIT)),
                        new Field("times", Value.zeros(32))));
    }

    /** {@code xfrm_address_t}: room for an IPv6 address, of which an IPv4 one takes the first four bytes. */
    private static Field address(String name, InetAddress address) {
        return new Field(name, new Value.Padded(ADDRESS, new Value.Address(address)));
    }

    private static Attribute mark(EspState state) {
        return new Attribute(
                "XFRMA_MARK",
                21,
                Value.Struct.of(new Field("v", Value.u32(state.mark())), new Field("m", Value.u32(EVERY_BIT))));
    }
}
