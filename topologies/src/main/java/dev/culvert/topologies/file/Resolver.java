package dev.culvert.topologies.file;

import dev.culvert.topologies.Bridge;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.EspSuite;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Router;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Throughput;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.file.TopologyFile.AssociationPart;
import dev.culvert.topologies.file.TopologyFile.EspPart;
import dev.culvert.topologies.file.TopologyFile.LanPart;
import dev.culvert.topologies.file.TopologyFile.LinkPart;
import dev.culvert.topologies.file.TopologyFile.MplsPart;
import dev.culvert.topologies.file.TopologyFile.ServerPart;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the model of a file: B mirrors A, and every address that is left out is the next one of its subnet. A is the first host of
 * a subnet, B the second, the router the last, or number 254 of an IPv6 subnet; on a LAN the server is the first host and the LAN
 * host the second. On a bridged segment the hosts behind A and B are the third and the fourth.
 */
final class Resolver {

    private static final int LINK_MTU = 1500;

    private final TopologyFile file;
    private final Problems problems;
    private final Spots spots;

    Resolver(TopologyFile file, Spots spots, Problems problems) {
        this.file = file;
        this.spots = spots;
        this.problems = problems;
    }

    /** The model, or null, with a problem added, when the file leaves out something that nothing else tells. */
    @Nullable
    Topology resolve(String source) {
        InterfaceAddress underlayA = underlayAddress(Place.A);
        InterfaceAddress underlayB = underlayAddress(Place.B);
        InterfaceAddress innerA = innerAddress(Place.A);
        InterfaceAddress innerB = innerAddress(Place.B);
        if (underlayA == null || underlayB == null || innerA == null || innerB == null) {
            return null;
        }
        Kind kind = valueOf(file.tunnel().kind());
        if (kind == null) {
            return null;
        }
        InetAddress localA = or(file.a().tunnel().local(), underlayA.address());
        InetAddress localB = or(file.b().tunnel().local(), underlayB.address());
        Port portA = underlayPort(Place.A, underlayA);
        Port portB = underlayPort(Place.B, underlayB);
        TunnelEnd endA = end(Place.A, kind, localA, localB, innerA);
        TunnelEnd endB = end(Place.B, kind, localB, localA, innerB);
        Lan lanA = lan(Place.A, Place.H, innerA);
        Lan lanB = lan(Place.B, Place.J, innerB);
        Mpls mpls = file.mpls() == null ? null : mpls(file.mpls());
        Esp esp = file.esp() == null ? null : esp(file.esp());
        Router router = file.router() == null
                ? null
                : new Router(
                        routerPort(file.router().a(), portA, "eth0", "02:00:00:00:00:1a"),
                        routerPort(file.router().b(), portB, "eth1", "02:00:00:00:00:1b"));
        String name = or(file.name(), "unnamed");
        return new Topology(
                name,
                or(file.title(), name),
                or(file.description(), ""),
                source,
                file.tags().stream().map(Given::value).toList(),
                kind,
                endpoint(Place.A, portA, endA, lanA, new FarSide(kind, endB, lanB, mpls)),
                endpoint(Place.B, portB, endB, lanB, new FarSide(kind, endA, lanA, mpls)),
                router,
                mpls,
                esp,
                new Throughput(
                        or(file.seconds(), Throughput.DEFAULT.seconds()),
                        or(file.udpMegabits(), Throughput.DEFAULT.udpMegabits())));
    }

    private ServerPart part(Place place) {
        return place == Place.A ? file.a() : file.b();
    }

    private static int number(Place place) {
        return place == Place.A ? 1 : 2;
    }

    private LinkPart link(Place place) {
        if (file.router() == null) {
            return file.underlay();
        }
        return place == Place.A ? file.router().a() : file.router().b();
    }

    private String linkPath(Place place) {
        return file.router() == null ? "underlay" : "router." + place.id();
    }

    private @Nullable InterfaceAddress underlayAddress(Place place) {
        InterfaceAddress given = valueOf(part(place).underlay().address());
        if (given != null) {
            return given;
        }
        Subnet subnet = valueOf(link(place).subnet());
        if (subnet == null && file.router() == null) {
            InterfaceAddress other = valueOf(
                    part(place == Place.A ? Place.B : Place.A).underlay().address());
            subnet = other == null ? null : other.subnet();
        }
        return nth(subnet, number(place), linkPath(place) + ".subnet", place.id() + ".underlay.address");
    }

    private @Nullable InterfaceAddress innerAddress(Place place) {
        InterfaceAddress given = valueOf(part(place).tunnel().address());
        return given != null
                ? given
                : nth(valueOf(file.tunnel().subnet()), number(place), "tunnel.subnet", place.id() + ".tunnel.address");
    }

    /** The nth host of a subnet; null, with a problem added, when there is none. */
    private @Nullable InterfaceAddress nth(@Nullable Subnet subnet, int n, String path, String instead) {
        if (subnet == null) {
            if (!problems.paths().contains(path) && !problems.paths().contains(instead)) {
                problems.add(spots.of(path), null, "must be given: " + Shape.SUBNET.allowed() + "; or give " + instead);
            }
            return null;
        }
        if (subnet.hosts() < n) {
            if (!problems.paths().contains(path)) {
                problems.add(
                        spots.of(path),
                        subnet.toString(),
                        "has " + subnet.hosts() + " host address; it needs at least 2, so a prefix of at most "
                                + (subnet.family().bits() - 1) + " bits");
            }
            return null;
        }
        return subnet.host(n);
    }

    private Port underlayPort(Place place, InterfaceAddress address) {
        var part = part(place).underlay();
        return new Port(
                place,
                or(part.device(), "eth0"),
                or(part.mac(), "02:00:00:00:00:0" + place.id()),
                address,
                or(link(place).mtu(), LINK_MTU));
    }

    private static Port routerPort(LinkPart link, Port server, String device, String mac) {
        Subnet subnet = server.address().subnet();
        InterfaceAddress last = subnet.host((int) Math.min(subnet.hosts(), highest(subnet.family())));
        InterfaceAddress free = last.equals(server.address()) ? subnet.host(1) : last;
        return new Port(Place.ROUTER, device, mac, or(link.address(), free), server.mtu());
    }

    /** The highest number that a host gets: an IPv6 subnet ends where nobody counts to. */
    private static long highest(Family family) {
        return family == Family.IPV4 ? Long.MAX_VALUE : 0xfe;
    }

    private TunnelEnd end(Place place, Kind kind, InetAddress local, InetAddress farLocal, InterfaceAddress address) {
        var part = part(place).tunnel();
        String device = or(part.device(), or(file.tunnel().device(), "t1"));
        Map<String, String> options = new LinkedHashMap<>();
        if (device.equals(kind.fallbackDevice())) {
            options.putAll(kind.fallbackOptions());
        } else {
            file.tunnel()
                    .options()
                    .forEach(
                            (name, value) -> options.put(place == Place.A ? name : kind.mirrored(name), value.value()));
            part.options().forEach((name, value) -> options.put(name, value.value()));
        }
        Options resolved = Options.of(kind, options);
        Integer mtu = valueOf(part.mtu());
        return new TunnelEnd(
                device,
                local,
                or(part.remote(), or(file.tunnel().group(), farLocal)),
                address,
                mtu == null ? valueOf(file.tunnel().mtu()) : mtu,
                resolved,
                kind.carriesFrames(resolved) ? or(part.mac(), "02:00:00:00:00:4" + place.id()) : null,
                values(part.potentialRouters()));
    }

    private @Nullable Lan lan(Place place, Place host, InterfaceAddress inner) {
        LanPart part = part(place).lan();
        Subnet subnet = part == null ? null : valueOf(part.subnet());
        if (part == null || subnet == null) {
            return null;
        }
        String path = place.id() + ".lan";
        boolean bridged = file.tunnel().bridge() != null;
        InterfaceAddress first = bridged ? inner : nth(subnet, 1, path, path);
        InterfaceAddress second = nth(subnet, bridged ? number(place) + 2 : 2, path, path);
        if (first == null || second == null) {
            return null;
        }
        int mtu = or(part.mtu(), LINK_MTU);
        int length = subnet.prefixLength();
        InterfaceAddress own = new InterfaceAddress(or(part.address(), first.address()), length);
        InterfaceAddress hosts = new InterfaceAddress(or(part.host(), second.address()), length);
        return new Lan(
                new Port(place, "lan0", "02:00:00:00:00:2" + place.id(), own, mtu),
                new Port(host, "eth0", "02:00:00:00:00:3" + place.id(), hosts, mtu));
    }

    private static Mpls mpls(MplsPart part) {
        List<Integer> both = values(part.labels());
        List<Integer> a = part.a().isEmpty() ? both : values(part.a());
        List<Integer> b = part.b().isEmpty() ? (both.isEmpty() ? a : both) : values(part.b());
        return new Mpls(a, b);
    }

    /** The protection, or null where the file leaves out what must be there, of which it is told elsewhere. */
    private static @Nullable Esp esp(EspPart part) {
        EspSuite suite = valueOf(part.suite());
        EspAssociation a = association(part.a());
        EspAssociation b = association(part.b());
        return suite == null || a == null || b == null ? null : new Esp(suite, valueOf(part.udpPort()), a, b);
    }

    private static @Nullable EspAssociation association(AssociationPart part) {
        Long spi = valueOf(part.spi());
        String key = valueOf(part.key());
        return spi == null || key == null ? null : new EspAssociation(spi, key, or(part.authenticationKey(), ""));
    }

    private static <T> List<T> values(List<Given<T>> given) {
        return given.stream().map(Given::value).toList();
    }

    private Endpoint endpoint(Place place, Port underlay, TunnelEnd tunnel, @Nullable Lan lan, FarSide far) {
        Given<String> given = file.tunnel().bridge();
        Bridge bridge = given == null ? null : new Bridge(given.value(), "02:00:00:00:00:5" + place.id());
        Routes routes = new Routes(place, underlay, tunnel, lan, bridge);
        routes.toward(far);
        part(place).routes().forEach(route -> routes.add(route, problems));
        Map<String, String> sysctls = new LinkedHashMap<>();
        part(place).sysctls().forEach((name, value) -> sysctls.put(name, value.value()));
        return new Endpoint(place, underlay, tunnel, lan, bridge, routes.inOrder(), sysctls);
    }

    private static <T> T or(@Nullable Given<T> given, T otherwise) {
        return given == null ? otherwise : given.value();
    }

    private static <T> @Nullable T valueOf(@Nullable Given<T> given) {
        return given == null ? null : given.value();
    }
}
