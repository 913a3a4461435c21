package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.Ipv6Extension;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Packets of every shape that the outer header may depend on, from server A itself to B's internal address, which is never
 * labelled: with the device as configured, with everything fixed, and with everything inherited.
 */
public final class HeaderStimuli {

    /** With the options that the topology has. */
    public static final String AS_CONFIGURED = "header-as-configured";
    /** With an outer TTL and TOS of the tunnel's own, and DF always set; the ECN bits of the TOS are not 0. */
    public static final String FIXED = "header-fixed";
    /** With TTL, TOS and DF taken from the inner packet. */
    public static final String INHERITED = "header-inherited";

    /** The flow label of the packet {@code flow-label}; that of the others is 0. */
    public static final int FLOW_LABEL = 0xbeef5;

    private HeaderStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                        AS_CONFIGURED,
                        "A sends packets of many shapes through the tunnel as it is configured",
                        HeaderStimuli::send),
                Stimulus.of(FIXED, "A sends the same packets with a fixed outer ttl and tos", stage -> {
                            stage.tunnelOptions(stage.topology().kind().fixedHeader(33, 0x12));
                            send(stage);
                        })
                        .onlyFor(HeaderStimuli::canBeTold),
                Stimulus.of(INHERITED, "A sends the same packets with ttl, tos and df inherited", stage -> {
                            stage.tunnelOptions(stage.topology().kind().inheritedHeader());
                            send(stage);
                        })
                        .onlyFor(HeaderStimuli::canBeTold));
    }

    /** Whether the device has options for its outer header, which IPsec makes otherwise. */
    private static boolean canBeTold(Topology topology) {
        return !topology.kind().protectedByEsp();
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        InetAddress a = topology.a().tunnel().address().address();
        InetAddress b = topology.b().tunnel().address().address();
        EchoReplies echo = new EchoReplies();
        for (int length : lengths(topology.innerFamily())) {
            send(stage, "length-" + length, echo.ofLength(length, a, b));
        }
        send(stage, "length-largest", echo.ofLength(largest(topology), a, b));
        if (topology.innerFamily() == Family.IPV4) {
            sendOfIpv4(stage, echo, Ipv4.of(a), Ipv4.of(b));
        } else {
            sendOfIpv6(stage, echo, Ipv6.of(a), Ipv6.of(b));
        }
        for (int ttl : new int[] {0, 1, 9, 64}) {
            send(stage, "ttl-" + ttl, echo.next(a, b).hopLimit(ttl));
        }
        for (int tos : new int[] {0xb8, 0xb9, 0xba, 0xbb}) {
            send(stage, "tos-" + Integer.toHexString(tos), echo.next(a, b).trafficClass(tos));
        }
    }

    /** The lengths of inner packets: an echo reply without data, one byte more, and 84 bytes. */
    public static List<Integer> lengths(Family inner) {
        int empty = inner.headerLength() + 8;
        return List.of(empty, empty + 1, 84);
    }

    /** The labels of the packets of those lengths, and of the longest that crosses the tunnel in one piece. */
    public static List<String> lengthLabels(Family inner) {
        return Stream.concat(lengths(inner).stream().map(length -> "length-" + length), Stream.of("length-largest"))
                .toList();
    }

    /** What only IPv4 headers have. */
    private static void sendOfIpv4(Stage stage, EchoReplies echo, Inet4Address a, Inet4Address b) {
        for (int i = 1; i <= 5; i++) {
            send(stage, "same-id-" + i, echo.next(a, b).id(0x1234));
        }
        // RFC 2113: the router alert option, which makes the inner header 24 bytes long
        send(stage, "router-alert", echo.next(a, b).options(0x94, 4, 0, 0));
        send(stage, "df", echo.next(a, b).dontFragment());
        send(stage, "no-df", echo.next(a, b));
    }

    /** What only IPv6 headers have, and five packets that are alike. */
    private static void sendOfIpv6(Stage stage, EchoReplies echo, Inet6Address a, Inet6Address b) {
        for (int i = 1; i <= 5; i++) {
            send(stage, "alike-" + i, echo.next(a, b));
        }
        send(stage, "flow-label", echo.next(a, b).flowLabel(FLOW_LABEL));
        // RFC 2711: the router alert option, and PadN of two bytes
        send(stage, "router-alert", echo.next(a, b).extension(Ipv6Extension.hopByHop(5, 2, 0, 0, 1, 0)));
    }

    private static void send(Stage stage, String label, IpPacket packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }

    /** The longest inner packet that crosses the tunnel in one piece. */
    private static int largest(Topology topology) {
        int path = topology.router() == null
                ? topology.b().underlay().mtu()
                : topology.router().towardsB().mtu();
        return Math.min(topology.tunnelMtu(Place.A), topology.longestWithin(path));
    }
}
