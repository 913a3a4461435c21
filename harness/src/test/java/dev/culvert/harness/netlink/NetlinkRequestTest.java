package dev.culvert.harness.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import dev.culvert.topologies.link.Value;
import dev.culvert.topologies.plan.Change;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetlinkRequestTest {

    private static final Inet4Address NEXT = Ipv4.parse("198.51.100.126").orElseThrow();
    private static final Map<String, Long> INDEXES = Map.of("eth0", 3L, "t1", 7L);

    private static final LinkInfo GRE = new LinkInfo(
            "gre",
            List.of(
                    option("dev", new Attribute("IFLA_GRE_LINK", 1, new Value.Device("eth0"))),
                    option(
                            "ikey",
                            new Attribute(
                                    "IFLA_GRE_IFLAGS",
                                    2,
                                    new Value.Bits(2, true, List.of(new Value.Bit("ikey", 0x2000, true))))),
                    option("ikey", new Attribute("IFLA_GRE_IKEY", 4, Value.be32(7))),
                    option("ttl", new Attribute("IFLA_GRE_TTL", 8, Value.u8(64)))));

    private static LinkOption option(String name, Attribute attribute) {
        return LinkOption.of(name, attribute, new Shown(name, null));
    }

    private static String hex(NetlinkRequest request) {
        return request.encode(42, INDEXES::get).bytes().toString();
    }

    private static String bytes(String... parts) {
        return Bytes.parse(String.join(" ", parts)).toString();
    }

    @Test
    void asksForATunnelDeviceAsTheKernelReadsIt() {
        assertThat(hex(LinkRequests.add("t1", null, GRE)))
                .isEqualTo(bytes(
                        // 88 bytes, RTM_NEWLINK, REQUEST ACK EXCL CREATE, sequence 42, from whoever sends it
                        "58 00 00 00  10 00  05 06  2a 00 00 00  00 00 00 00",
                        // struct ifinfomsg: family, padding, type, index, flags, change
                        "00 00 00 00  00 00 00 00  00 00 00 00  00 00 00 00",
                        // IFLA_IFNAME, 7 bytes: t1, and one byte of padding
                        "07 00 03 00  74 31 00  00",
                        // IFLA_LINKINFO, nested, 48 bytes
                        "30 00 12 80",
                        // IFLA_INFO_KIND: gre
                        "08 00 01 00  67 72 65 00",
                        // IFLA_INFO_DATA, nested, 36 bytes
                        "24 00 02 80",
                        // IFLA_GRE_LINK: 3, in the processor's order
                        "08 00 01 00  03 00 00 00",
                        // IFLA_GRE_IFLAGS: GRE_KEY in network order, two bytes of padding
                        "06 00 02 00  20 00  00 00",
                        // IFLA_GRE_IKEY: 7 in network order
                        "08 00 04 00  00 00 00 07",
                        // IFLA_GRE_TTL: 64, three bytes of padding that the nest counts
                        "05 00 08 00  40  00 00 00"));
    }

    @Test
    void asksForALabelledRouteAsTheKernelReadsIt() {
        Change.AddRoute route = new Change.AddRoute(
                Subnet.around(Ipv4.parse("198.18.2.0").orElseThrow(), 24), NEXT, "t1", true, List.of(100, 200));

        assertThat(hex(RouteRequests.add(route)))
                .isEqualTo(bytes(
                        // 76 bytes, RTM_NEWROUTE, REQUEST ACK EXCL CREATE
                        "4c 00 00 00  18 00  05 06  2a 00 00 00  00 00 00 00",
                        // struct rtmsg: AF_INET, /24, no source, no tos, main, boot, universe, unicast, RTNH_F_ONLINK
                        "02 18 00 00  fe 03 00 01  04 00 00 00",
                        // RTA_DST: 198.18.2.0
                        "08 00 01 00  c6 12 02 00",
                        // RTA_ENCAP_TYPE: LWTUNNEL_ENCAP_MPLS
                        "06 00 15 00  01 00  00 00",
                        // RTA_ENCAP, nested; MPLS_IPTUNNEL_DST: label 100, then label 200 at the bottom of the stack
                        "10 00 16 80  0c 00 01 00  00 06 40 00  00 0c 81 00",
                        // RTA_GATEWAY: 198.51.100.126
                        "08 00 05 00  c6 33 64 7e",
                        // RTA_OIF: 7
                        "08 00 04 00  07 00 00 00"));
    }

    @Test
    void asksForANeighbourAsTheKernelReadsIt() {
        assertThat(hex(NeighbourRequests.set(new Change.SetNeighbour("eth0", NEXT, "02:00:00:00:00:0b"))))
                .isEqualTo(bytes(
                        // 48 bytes, RTM_NEWNEIGH, REQUEST ACK REPLACE CREATE
                        "30 00 00 00  1c 00  05 05  2a 00 00 00  00 00 00 00",
                        // struct ndmsg: AF_INET, padding, index 3, NUD_PERMANENT, no flags, no type
                        "02 00 00 00  03 00 00 00  80 00 00 00",
                        // NDA_DST: 198.51.100.126
                        "08 00 01 00  c6 33 64 7e",
                        // NDA_LLADDR, 10 bytes, two of padding
                        "0a 00 02 00  02 00 00 00 00 0b  00 00"));
    }

    @Test
    void asksForAnAddressAsTheKernelReadsIt() {
        assertThat(hex(AddressRequests.add("t1", NEXT, 25)))
                .isEqualTo(bytes(
                        // 40 bytes, RTM_NEWADDR, REQUEST ACK EXCL CREATE
                        "28 00 00 00  14 00  05 06  2a 00 00 00  00 00 00 00",
                        // struct ifaddrmsg: AF_INET, /25, no flags, universe, index 7
                        "02 19 00 00  07 00 00 00",
                        // IFA_LOCAL and IFA_ADDRESS
                        "08 00 02 00  c6 33 64 7e  08 00 01 00  c6 33 64 7e"));
    }

    @Test
    void namesTheDevicesWhoseIndexesItNeeds() {
        assertThat(LinkRequests.add("t1", null, GRE).devices()).containsExactly("eth0");
        assertThat(LinkRequests.setState("t1", true).devices()).isEmpty();
        assertThat(AddressRequests.add("t1", NEXT, 24).devices()).containsExactly("t1");
    }

    @Test
    void findsTheAttributeThatTheKernelBlamesByItsOffset() {
        EncodedRequest request = LinkRequests.add("t1", null, GRE).encode(1, INDEXES::get);

        assertThat(request.attributeAt(80)).contains("IFLA_LINKINFO IFLA_INFO_DATA IFLA_GRE_TTL");
        assertThat(request.attributeAt(44)).contains("IFLA_LINKINFO IFLA_INFO_KIND");
        assertThat(request.attributeAt(33)).contains("IFLA_IFNAME");
        assertThat(request.attributeAt(4)).isEmpty();
    }

    @Test
    void saysInWordsWhatItAsksFor() {
        assertThat(String.join(" ", LinkRequests.add("t1", null, GRE).words()))
                .isEqualTo(
                        "RTM_NEWLINK NLM_F_ACK NLM_F_CREATE NLM_F_EXCL IFLA_IFNAME=t1 IFLA_LINKINFO={ IFLA_INFO_KIND=gre "
                                + "IFLA_INFO_DATA={ IFLA_GRE_LINK=eth0 IFLA_GRE_IFLAGS=0x2000(ikey) IFLA_GRE_IKEY=7 IFLA_GRE_TTL=64 } }");
        assertThat(String.join(
                        " ", RouteRequests.add(new Change.PopLabel(100, "lo")).words()))
                .isEqualTo("RTM_NEWROUTE NLM_F_ACK NLM_F_CREATE NLM_F_EXCL rtm_family=28 rtm_dst_len=20 rtm_table=254 "
                        + "rtm_protocol=3 rtm_type=1 RTA_DST=100 RTA_OIF=lo");
    }
}
