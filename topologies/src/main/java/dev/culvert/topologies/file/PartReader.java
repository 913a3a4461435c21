package dev.culvert.topologies.file;

import dev.culvert.topologies.EspSuite;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.file.TopologyFile.AssociationPart;
import dev.culvert.topologies.file.TopologyFile.EndPart;
import dev.culvert.topologies.file.TopologyFile.EspPart;
import dev.culvert.topologies.file.TopologyFile.LanPart;
import dev.culvert.topologies.file.TopologyFile.LinkPart;
import dev.culvert.topologies.file.TopologyFile.MplsPart;
import dev.culvert.topologies.file.TopologyFile.RoutePart;
import dev.culvert.topologies.file.TopologyFile.RouterPart;
import dev.culvert.topologies.file.TopologyFile.ServerPart;
import dev.culvert.topologies.file.TopologyFile.TunnelPart;
import dev.culvert.topologies.file.TopologyFile.UnderlayPart;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a topology file, each key checked for itself. */
final class PartReader {

    /** What a veth device takes (ETH_MIN_MTU, ETH_MAX_MTU). */
    static final Shape<Integer> LINK_MTU = Shape.number(68, 65535);

    private static final Shape<Integer> LABEL = Shape.number(16, 1048575);
    private static final Shape<Integer> UDP_PORT = Shape.number(1, 65535);
    private static final Shape<EspSuite> SUITE = new Shape<>(
            "one of the suites "
                    + Arrays.stream(EspSuite.values()).map(EspSuite::word).collect(Collectors.joining(", ")),
            scalar -> scalar instanceof String word ? EspSuite.named(word) : Optional.empty());
    private static final Shape<Integer> ANY_MTU = Shape.number(1, 65535);

    private final Problems problems;
    private @Nullable Kind kind;

    PartReader(Problems problems) {
        this.problems = problems;
    }

    TopologyFile read(Node.Mapping root) {
        Fields fields = Fields.of(root, problems);
        Fields throughput = fields.mapping("throughput");
        Fields router = fields.mapping("router");
        Fields mpls = fields.mapping("mpls");
        Fields esp = fields.mapping("esp");
        TopologyFile file = new TopologyFile(
                fields.required("name", Shape.NAME),
                fields.value("title", Shape.LINE),
                fields.value("description", Shape.PROSE),
                fields.values("tags", Shape.NAME),
                underlay(fields.mapping("underlay")),
                router.isGiven() ? router(router) : null,
                tunnel(fields.mapping("tunnel")),
                server(fields.mapping("a")),
                server(fields.mapping("b")),
                mpls.isGiven() ? mpls(mpls) : null,
                esp.isGiven() ? esp(esp) : null,
                throughput.value("seconds", Shape.number(1, 60)),
                throughput.value("udp-megabits", Shape.number(1, 100_000)));
        throughput.end();
        fields.end();
        return file;
    }

    private LinkPart underlay(Fields fields) {
        LinkPart link = new LinkPart(fields.value("subnet", Shape.SUBNET), null, fields.value("mtu", LINK_MTU));
        fields.end();
        return link;
    }

    private RouterPart router(Fields fields) {
        RouterPart router = new RouterPart(routerLink(fields.mapping("a")), routerLink(fields.mapping("b")));
        fields.end();
        return router;
    }

    private LinkPart routerLink(Fields fields) {
        LinkPart link = new LinkPart(
                fields.value("subnet", Shape.SUBNET),
                fields.value("address", Shape.INTERFACE_ADDRESS),
                fields.value("mtu", LINK_MTU));
        fields.end();
        return link;
    }

    private TunnelPart tunnel(Fields fields) {
        String known = Kinds.all().stream().map(Kind::name).collect(Collectors.joining(", "));
        Given<Kind> given = fields.required(
                "kind",
                new Shape<>(
                        "one of the tunnel kinds " + known,
                        scalar -> scalar instanceof String name ? Kinds.named(name) : Optional.empty()));
        kind = given == null ? null : given.value();
        TunnelPart tunnel = new TunnelPart(
                given,
                fields.value("subnet", Shape.SUBNET),
                fields.value("device", Shape.DEVICE),
                fields.value("bridge", Shape.DEVICE),
                fields.value("group", Shape.GROUP),
                fields.value("mtu", tunnelMtu()),
                options(fields.mapping("options")));
        fields.end();
        return tunnel;
    }

    private Shape<Integer> tunnelMtu() {
        Kind known = kind;
        return known == null
                ? ANY_MTU
                : Shape.number(
                        known.minMtu(),
                        known.outerFamilies().stream()
                                .mapToInt(outer -> known.maxMtu(outer, Options.none(known)))
                                .max()
                                .orElseThrow());
    }

    /** The options of the kind; when that is not known, nothing can be said of them. */
    private Map<String, Given<String>> options(Fields fields) {
        Map<String, Given<String>> options = new LinkedHashMap<>();
        if (kind == null) {
            return options;
        }
        for (Option option : kind.options()) {
            Given<String> value = fields.value(option.name(), new Shape<>(option.allowed(), option::read));
            if (value != null) {
                options.put(option.name(), value);
            }
        }
        fields.end();
        return options;
    }

    private ServerPart server(Fields fields) {
        ServerPart server = new ServerPart(
                underlayPort(fields.mapping("underlay")),
                end(fields.mapping("tunnel")),
                lan(fields),
                fields.list("routes").stream().map(this::route).toList(),
                sysctls(fields.mapping("sysctls")));
        fields.end();
        return server;
    }

    private UnderlayPart underlayPort(Fields fields) {
        UnderlayPart port = new UnderlayPart(
                fields.value("address", Shape.INTERFACE_ADDRESS),
                fields.value("device", Shape.DEVICE),
                fields.value("mac", Shape.MAC));
        fields.end();
        return port;
    }

    private EndPart end(Fields fields) {
        EndPart end = new EndPart(
                fields.value("device", Shape.DEVICE),
                fields.value("local", Shape.ADDRESS),
                fields.value("remote", Shape.ADDRESS),
                fields.value("address", Shape.INTERFACE_ADDRESS),
                fields.value("mac", Shape.MAC),
                fields.value("mtu", tunnelMtu()),
                fields.value("listen", UDP_PORT),
                fields.values("potential-routers", Shape.IPV4_ADDRESS),
                options(fields.mapping("options")));
        fields.end();
        return end;
    }

    /** A LAN is its subnet alone, or a mapping with everything about it. */
    private @Nullable LanPart lan(Fields server) {
        if (server.isScalar("lan")) {
            return new LanPart(server.value("lan", Shape.SUBNET), null, null, null);
        }
        Fields fields = server.mapping("lan");
        if (!fields.isGiven()) {
            return null;
        }
        LanPart lan = new LanPart(
                fields.required("subnet", Shape.SUBNET),
                fields.value("address", Shape.ADDRESS),
                fields.value("host", Shape.ADDRESS),
                fields.value("mtu", LINK_MTU));
        fields.end();
        return lan;
    }

    private RoutePart route(Fields fields) {
        RoutePart route = new RoutePart(
                fields.spot(),
                fields.required("to", Shape.DESTINATION),
                fields.value("via", Shape.ADDRESS),
                fields.value("device", Shape.DEVICE),
                fields.value("onlink", Shape.BOOLEAN),
                fields.values("labels", LABEL));
        fields.end();
        return route;
    }

    private Map<String, Given<String>> sysctls(Fields fields) {
        Map<String, Given<String>> settings = new LinkedHashMap<>();
        for (String name : fields.remaining()) {
            Given<String> value = fields.value(name, Shape.SYSCTL_VALUE);
            if (value != null) {
                settings.put(name, value);
            }
        }
        return settings;
    }

    private MplsPart mpls(Fields fields) {
        MplsPart mpls = new MplsPart(
                fields.spot(), fields.values("labels", LABEL), fields.values("a", LABEL), fields.values("b", LABEL));
        fields.end();
        return mpls;
    }

    private static EspPart esp(Fields fields) {
        EspPart esp = new EspPart(
                fields.spot(),
                fields.required("suite", SUITE),
                fields.value("udp-port", UDP_PORT),
                association(fields.mapping("a")),
                association(fields.mapping("b")));
        fields.end();
        return esp;
    }

    private static AssociationPart association(Fields fields) {
        AssociationPart association = new AssociationPart(
                fields.required("spi", Shape.SPI),
                fields.required("key", Shape.KEY),
                fields.value("authentication-key", Shape.KEY));
        fields.end();
        return association;
    }
}
