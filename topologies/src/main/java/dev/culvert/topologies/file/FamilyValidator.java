package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.TopologyFile.LanPart;
import dev.culvert.topologies.file.TopologyFile.LinkPart;
import dev.culvert.topologies.file.TopologyFile.RoutePart;
import dev.culvert.topologies.file.TopologyFile.RouterPart;
import dev.culvert.topologies.file.TopologyFile.ServerPart;
import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the addresses between the servers are of the one family of IP that the outer header is of, and those inside the tunnel and behind
 * the servers of the one that the tunnel carries, and that links are wide enough for IPv6.
 */
final class FamilyValidator {

    /** The least MTU of a link that IPv6 crosses (RFC 8200 section 5). */
    static final int LEAST_IPV6_MTU = 1280;

    private final TopologyFile file;
    private final Topology topology;
    private final Validator validator;
    private final Side outer;
    private final Side inner;

    FamilyValidator(TopologyFile file, Topology topology, Validator validator) {
        this.file = file;
        this.topology = topology;
        this.validator = validator;
        Kind kind = topology.kind();
        this.outer = new Side(
                meant(file.underlay().subnet(), topology.outerFamily(), kind.outerFamilies()),
                "the outer header of this tunnel is");
        this.inner = new Side(
                meant(
                        file.tunnel().subnet(),
                        topology.innerFamily(),
                        kind.innerFamilies(topology.a().tunnel().options())),
                "what this tunnel carries is");
    }

    /** The addresses outside or inside, of what family they must be, and what people read before its name. */
    private record Side(Family family, String words) {}

    /** The family that the subnet of both ends says, or else A's address, if it is possible. */
    private static Family meant(@Nullable Given<Subnet> subnet, Family ofA, Set<Family> possible) {
        Family first = subnet == null ? ofA : subnet.value().family();
        return possible.contains(first) || possible.isEmpty()
                ? first
                : possible.iterator().next();
    }

    void validate() {
        link("underlay", file.underlay());
        RouterPart router = file.router();
        if (router != null) {
            link("router.a", router.a());
            link("router.b", router.b());
        }
        subnet("tunnel.subnet", file.tunnel().subnet(), inner);
        mtu("tunnel.mtu", file.tunnel().mtu(), inner);
        server(topology.a(), file.a());
        server(topology.b(), file.b());
    }

    private void link(String path, LinkPart link) {
        subnet(path + ".subnet", link.subnet(), outer);
        interfaceAddress(path + ".address", link.address(), outer);
        mtu(path + ".mtu", link.mtu(), outer);
    }

    private void server(Endpoint endpoint, ServerPart part) {
        String server = endpoint.place().id();
        interfaceAddress(server + ".underlay.address", part.underlay().address(), outer);
        address(server + ".tunnel.local", part.tunnel().local(), outer);
        address(server + ".tunnel.remote", part.tunnel().remote(), outer);
        interfaceAddress(server + ".tunnel.address", part.tunnel().address(), inner);
        mtu(server + ".tunnel.mtu", part.tunnel().mtu(), inner);
        LanPart lan = part.lan();
        if (lan != null) {
            subnet(server + ".lan", lan.subnet(), inner);
            address(server + ".lan.address", lan.address(), inner);
            address(server + ".lan.host", lan.host(), inner);
            mtu(server + ".lan.mtu", lan.mtu(), inner);
        }
        for (int i = 0; i < part.routes().size(); i++) {
            route(server + ".routes[" + i + "]", part.routes().get(i));
        }
        if (endpoint.place() == Place.B) {
            farEnd(endpoint);
        }
    }

    /** What A sends inside must be what B's options let in. */
    private void farEnd(Endpoint b) {
        Set<Family> taken = topology.kind().innerFamilies(b.tunnel().options());
        if (!taken.contains(inner.family())) {
            validator.refuse(
                    "b.tunnel.options",
                    b.tunnel().options().toString(),
                    "does not carry " + inner.family().title() + ", which is inside this tunnel; leave the mode out");
        }
    }

    private void route(String path, RoutePart route) {
        if (route.to() == null) {
            return;
        }
        Family family = route.to().value().family();
        if (family != outer.family() && family != inner.family()) {
            validator.refuse(
                    path + ".to",
                    route.to().value().toString(),
                    "is " + family.title() + ", and this topology has no address of it");
        } else if (route.via() != null && Family.of(route.via().value()) != family) {
            validator.refuse(
                    path + ".via",
                    IpAddress.text(route.via().value()),
                    "is " + Family.of(route.via().value()).title() + ", and the destination is " + family.title()
                            + "; give a next hop of the same family");
        }
    }

    private void subnet(String path, @Nullable Given<Subnet> given, Side side) {
        if (given != null) {
            family(path, given.value().toString(), given.value().family(), side);
        }
    }

    private void interfaceAddress(String path, @Nullable Given<InterfaceAddress> given, Side side) {
        if (given != null) {
            family(path, given.value().toString(), given.value().family(), side);
        }
    }

    private void address(String path, @Nullable Given<InetAddress> given, Side side) {
        if (given != null) {
            family(path, IpAddress.text(given.value()), Family.of(given.value()), side);
        }
    }

    private void family(String path, String value, Family family, Side side) {
        if (family != side.family()) {
            String expected = side.family().title();
            validator.refuse(
                    path,
                    value,
                    "is " + family.title() + ", and " + side.words() + " " + expected + "; give " + expected);
        }
    }

    private void mtu(String path, @Nullable Given<Integer> given, Side side) {
        if (given != null && side.family() == Family.IPV6 && given.value() < LEAST_IPV6_MTU) {
            validator.refuse(
                    path,
                    String.valueOf(given.value()),
                    "is too small for IPv6, which needs " + LEAST_IPV6_MTU + " bytes at least (RFC 8200 section 5)");
        }
    }
}
