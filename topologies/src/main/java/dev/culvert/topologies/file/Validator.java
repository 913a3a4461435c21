package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what no single value tells: whether the addresses of a topology fit together. {@link ServerValidator} looks at each server.
 * What depends on a value that is already known to be wrong is not judged.
 */
final class Validator {

    private final TopologyFile file;
    private final Topology topology;
    private final Spots spots;
    private final Problems problems;
    private final Set<String> broken;

    Validator(TopologyFile file, Topology topology, Spots spots, Problems problems) {
        this.file = file;
        this.topology = topology;
        this.spots = spots;
        this.problems = problems;
        this.broken = new HashSet<>(problems.paths());
    }

    void validate() {
        new FamilyValidator(file, topology, this).validate();
        broken.addAll(problems.paths());
        underlay();
        tunnel();
        overlaps();
        mpls();
        new EspValidator(file, topology, this).validate();
        if (file.tunnel().group() != null) {
            new GroupValidator(topology, this).validate();
        }
        if (topology.bridged()) {
            new BridgeValidator(file, topology, this).validate();
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            new ServerValidator(file, topology, endpoint, this).validate();
        }
    }

    /** Adds a problem about the value of a path unless it, or another value that led to it, is known to be wrong. */
    void refuse(String path, @Nullable String value, String message, String... dependsOn) {
        boolean known = broken.stream()
                .anyMatch(b -> touches(b, path) || Arrays.stream(dependsOn).anyMatch(d -> touches(b, d)));
        if (!known) {
            problems.addOnce(spots.of(path), value, message);
        }
    }

    private static boolean touches(String broken, String path) {
        return broken.equals(path)
                || path.startsWith(broken + ".")
                || broken.startsWith(path + ".")
                || broken.startsWith(path + "[")
                || ((path.startsWith("a.") || path.startsWith("b.")) && broken.equals(path.substring(2)));
    }

    private void underlay() {
        Port a = topology.a().underlay();
        Port b = topology.b().underlay();
        if (topology.router() == null) {
            ports("underlay", a, b);
            return;
        }
        if (file.underlay().subnet() != null || file.underlay().mtu() != null) {
            refuse(
                    "underlay",
                    null,
                    "describes one link between A and B, and there is a router: say it in router.a and router.b");
        }
        ports("router.a", a, topology.router().towardsA());
        ports("router.b", b, topology.router().towardsB());
    }

    /** Two ports on one link: each in the link's subnet as a host, and not the same one. */
    private void ports(String link, Port one, Port other) {
        String subnetPath = link + ".subnet";
        Given<Subnet> given = "underlay".equals(link)
                ? file.underlay().subnet()
                : (link.endsWith("a") ? router().a() : router().b()).subnet();
        Subnet subnet = given == null ? one.address().subnet() : given.value();
        for (Port port : List.of(one, other)) {
            host(path(link, port), port.address(), subnet, subnetPath, path(link, one));
        }
        if (one.address().address().equals(other.address().address())) {
            refuse(
                    path(link, other),
                    other.address().toString(),
                    "is the address of " + one.place().id() + " too; give each its own",
                    subnetPath,
                    path(link, one));
        }
    }

    private TopologyFile.RouterPart router() {
        return Objects.requireNonNull(file.router());
    }

    private static String path(String link, Port port) {
        return port.place() == Place.ROUTER ? link + ".address" : port.place().id() + ".underlay.address";
    }

    /** An address is a host of its subnet; {@code origin} is the path of the address that the subnet may come from. */
    private void host(String path, InterfaceAddress address, Subnet subnet, String subnetPath, String origin) {
        if (!address.subnet().equals(subnet)) {
            refuse(
                    path,
                    address.toString(),
                    "is not within the subnet " + subnet + " (" + subnetPath + ")",
                    subnetPath,
                    origin);
        } else if (!subnet.isHost(address.address())) {
            refuse(
                    path,
                    address.toString(),
                    "is the " + reserved(address) + " address of " + subnet + ", which no interface can have",
                    subnetPath,
                    origin);
        }
    }

    /** What an address is called that is within its subnet, but no host of it. */
    private static String reserved(InterfaceAddress address) {
        if (address.family() == Family.IPV6) {
            return "subnet-router anycast";
        }
        return address.address().equals(address.subnet().network()) ? "network" : "broadcast";
    }

    private void tunnel() {
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            Given<Subnet> subnet = file.tunnel().subnet();
            InterfaceAddress address = endpoint.tunnel().address();
            String path = endpoint.place().id() + ".tunnel.address";
            host(path, address, subnet == null ? address.subnet() : subnet.value(), "tunnel.subnet", path);
        }
        InetAddress a = topology.a().tunnel().address().address();
        if (a.equals(topology.b().tunnel().address().address())) {
            refuse(
                    "b.tunnel.address",
                    topology.b().tunnel().address().toString(),
                    "is the internal address of a too; give each its own",
                    "a.tunnel.address",
                    "tunnel.subnet");
        }
    }

    private void overlaps() {
        List<Named> subnets = new ArrayList<>();
        if (topology.router() == null) {
            subnets.add(new Named(
                    "underlay.subnet", topology.a().underlay().address().subnet()));
        } else {
            subnets.add(new Named(
                    "router.a.subnet", topology.a().underlay().address().subnet()));
            subnets.add(new Named(
                    "router.b.subnet", topology.b().underlay().address().subnet()));
        }
        subnets.add(new Named("tunnel.subnet", topology.a().tunnel().address().subnet()));
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            if (endpoint.lan() != null && !topology.bridged()) {
                String path = endpoint.place().id() + ".lan";
                subnets.add(new Named(path, endpoint.lan().subnet()));
            }
        }
        for (int i = 0; i < subnets.size(); i++) {
            for (int j = i + 1; j < subnets.size(); j++) {
                Named first = subnets.get(i);
                Named second = subnets.get(j);
                if (first.subnet().overlaps(second.subnet()) && !delegated(first, second)) {
                    refuse(
                            second.path(),
                            second.subnet().toString(),
                            "overlaps " + first.path() + ", " + first.subnet() + "; give it addresses of its own",
                            first.path(),
                            "a.underlay.address",
                            "b.underlay.address",
                            "a.tunnel.address");
                }
            }
        }
    }

    /** Whether a LAN has addresses of the 6rd domain that the tunnel is (RFC 5969 section 4). */
    private boolean delegated(Named tunnel, Named lan) {
        return tunnel.path().equals("tunnel.subnet")
                && topology.kind()
                        .sixRd(topology.a().tunnel().options())
                        .filter(domain ->
                                domain.embeddedIn(lan.subnet().network()).isPresent())
                        .isPresent();
    }

    private void mpls() {
        if (file.mpls() == null || topology.mpls() == null) {
            return;
        }
        if (topology.mpls().aToB().isEmpty()) {
            refuse("mpls.labels", null, "must be given: the labels on packets to the far LAN, outermost first");
        }
        if (topology.a().lan() == null || topology.b().lan() == null) {
            refuse("mpls", null, "labels the traffic between the LANs; give a.lan and b.lan", "a.lan", "b.lan");
        }
    }

    private record Named(String path, Subnet subnet) {}
}
