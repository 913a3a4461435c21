package dev.culvert.topologies.file;

import dev.culvert.topologies.EspSuite;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Subnet;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A topology file as it stands: each value well-formed, nothing mirrored, nothing derived. Null is what the file leaves out.
 * {@link Resolver} makes the model of it.
 */
record TopologyFile(
        @Nullable Given<String> name,
        @Nullable Given<String> title,
        @Nullable Given<String> description,
        List<Given<String>> tags,
        LinkPart underlay,
        @Nullable RouterPart router,
        TunnelPart tunnel,
        ServerPart a,
        ServerPart b,
        @Nullable MplsPart mpls,
        @Nullable EspPart esp,
        @Nullable Given<Integer> seconds,
        @Nullable Given<Integer> udpMegabits) {

    /**
     * A link: between A and B, or between one of them and the router.
     *
     * @param address the router's; never given where there is none
     */
    record LinkPart(
            @Nullable Given<Subnet> subnet,
            @Nullable Given<InterfaceAddress> address,
            @Nullable Given<Integer> mtu) {}

    record RouterPart(LinkPart a, LinkPart b) {}

    /** What both ends of the tunnel have in common. */
    record TunnelPart(
            @Nullable Given<Kind> kind,
            @Nullable Given<Subnet> subnet,
            @Nullable Given<String> device,
            @Nullable Given<String> bridge,
            @Nullable Given<InetAddress> group,
            @Nullable Given<Integer> mtu,
            Map<String, Given<String>> options) {}

    /** What is said of one server. */
    record ServerPart(
            UnderlayPart underlay,
            EndPart tunnel,
            @Nullable LanPart lan,
            List<RoutePart> routes,
            Map<String, Given<String>> sysctls) {}

    record UnderlayPart(
            @Nullable Given<InterfaceAddress> address,
            @Nullable Given<String> device,
            @Nullable Given<String> mac) {}

    /** @param listen the port at which it takes packets out of UDP; whether packets come to it is for the validator */
    record EndPart(
            @Nullable Given<String> device,
            @Nullable Given<InetAddress> local,
            @Nullable Given<InetAddress> remote,
            @Nullable Given<InterfaceAddress> address,
            @Nullable Given<String> mac,
            @Nullable Given<Integer> mtu,
            @Nullable Given<Integer> listen,
            List<Given<Inet4Address>> potentialRouters,
            Map<String, Given<String>> options) {}

    record LanPart(
            @Nullable Given<Subnet> subnet,
            @Nullable Given<InetAddress> address,
            @Nullable Given<InetAddress> host,
            @Nullable Given<Integer> mtu) {}

    record RoutePart(
            Spot spot,
            @Nullable Given<Subnet> to,
            @Nullable Given<InetAddress> via,
            @Nullable Given<String> device,
            @Nullable Given<Boolean> onlink,
            List<Given<Integer>> labels) {}

    record EspPart(
            Spot spot,
            @Nullable Given<EspSuite> suite,
            @Nullable Given<Integer> udpPort,
            AssociationPart a,
            AssociationPart b) {}

    /** What protects the packets of one server. */
    record AssociationPart(
            @Nullable Given<Long> spi,
            @Nullable Given<String> key,
            @Nullable Given<String> authenticationKey) {}

    record MplsPart(Spot spot, List<Given<Integer>> labels, List<Given<Integer>> a, List<Given<Integer>> b) {}
}
