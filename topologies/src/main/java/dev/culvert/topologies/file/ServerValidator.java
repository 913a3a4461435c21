package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Port;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpEncapsulation.Header;
import dev.culvert.topologies.UdpListener;
import dev.culvert.topologies.file.TopologyFile.EndPart;
import dev.culvert.topologies.file.TopologyFile.RoutePart;
import dev.culvert.topologies.file.TopologyFile.ServerPart;
import dev.culvert.topologies.plan.Baseline;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks one server of a topology: its tunnel end, its devices, its LAN, its routes and its settings. */
final class ServerValidator {

    /** Names that are no devices of a topology: loopback, and the two scopes beside the devices in net.ipv4.conf. */
    private static final Set<String> RESERVED = Set.of("lo", "all", "default");

    private final Topology topology;
    private final Endpoint endpoint;
    private final ServerPart part;
    private final Validator validator;
    private final String server;
    private final Kind kind;
    private final OptionsValidator optionsTogether;

    ServerValidator(TopologyFile file, Topology topology, Endpoint endpoint, Validator validator) {
        this.topology = topology;
        this.endpoint = endpoint;
        this.part = endpoint.place() == Place.A ? file.a() : file.b();
        this.optionsTogether = new OptionsValidator(file, topology, endpoint, validator);
        this.validator = validator;
        this.server = endpoint.place().id();
        this.kind = topology.kind();
    }

    void validate() {
        if (topology.isFallback(endpoint.tunnel())) {
            fallback();
        } else {
            ends();
            options();
        }
        listener();
        new PotentialRoutersValidator(topology, endpoint, validator).validate();
        devices();
        if (endpoint.lan() != null) {
            lan(endpoint.lan());
        }
        routes();
        part.sysctls().forEach((name, value) -> sysctl(name));
    }

    private void refuse(String path, @Nullable String value, String message, String... dependsOn) {
        validator.refuse(server + "." + path, value, message, dependsOn);
    }

    private void fallback() {
        String device = endpoint.tunnel().device();
        EndPart end = part.tunnel();
        if (endpoint.place() == Place.A) {
            refuse(
                    "tunnel.device",
                    device,
                    "is the fallback device of " + kind.name()
                            + ", which only b can end the tunnel with; swap a and b");
        } else if (topology.carriesFrames() || topology.outerFamily() == Family.IPV6) {
            // ip6_route_check_nh_onlink in net/ipv6/route.c
            String why = topology.carriesFrames()
                    ? "knows no remote to send a frame to"
                    : "cannot be told where a is: Linux takes no next hop of a route into it that is on another device";
            refuse(
                    "tunnel.device",
                    device,
                    "is the fallback device of " + kind.name() + ", which " + why + "; give b a device of its own");
        } else if (!kind.fallbackTakes(topology.a().tunnel().options())) {
            refuse(
                    "tunnel.device",
                    device,
                    "is the fallback device of " + kind.name()
                            + ", which takes nothing that a sends with its options; give b a device of its own",
                    "a.tunnel.options");
        }
        if (!end.options().isEmpty()) {
            refuse(
                    "tunnel.options",
                    null,
                    "cannot be given to the fallback device " + device + ": the kernel made it; leave them out");
        }
        if (end.local() != null) {
            refuse(
                    "tunnel.local",
                    address(end.local().value()),
                    "cannot be given to the fallback device " + device + ": it takes every address; leave it out");
        }
        if (end.remote() != null) {
            refuse(
                    "tunnel.remote",
                    address(end.remote().value()),
                    "cannot be given to the fallback device " + device + ": it takes every address; leave it out");
        }
    }

    private void ends() {
        EndPart end = part.tunnel();
        Endpoint far = topology.far(endpoint.place());
        String farLocal = far.place().id() + ".tunnel.local";
        String[] sources = {farLocal, "underlay.subnet", "a.underlay.address", "b.underlay.address"};
        if (end.local() != null) {
            local(end.local().value(), far, sources);
        }
        if (end.remote() != null) {
            InetAddress remote = end.remote().value();
            if (remote.equals(endpoint.tunnel().local())) {
                refuse(
                        "tunnel.remote",
                        address(remote),
                        "is the local address of this end too; a tunnel has two ends",
                        sources);
            } else if (!remote.equals(far.tunnel().local())) {
                refuse(
                        "tunnel.remote",
                        address(remote),
                        "is not where the tunnel ends on " + far.place().id() + ", which is "
                                + address(far.tunnel().local()) + "; leave it out, or set " + farLocal,
                        sources);
            }
        }
    }

    private void local(InetAddress local, Endpoint far, String... sources) {
        if (!kind.hasLocal() && !local.equals(endpoint.underlay().address().address())) {
            refuse(
                    "tunnel.local",
                    address(local),
                    "cannot be given to a device of kind " + kind.name()
                            + ", which sends from the address of its underlay; leave it out");
            return;
        }
        for (Port port : topology.ports()) {
            if (!port.equals(endpoint.underlay()) && port.address().address().equals(local)) {
                refuse(
                        "tunnel.local",
                        address(local),
                        "is the address of " + port.device() + " on "
                                + port.place().id() + "; give an address of " + server
                                + "'s underlay, or one that nothing else has",
                        sources);
                return;
            }
        }
        if (endpoint.place() == Place.B && local.equals(far.tunnel().local())) {
            refuse("tunnel.local", address(local), "is where the tunnel ends on a too; a tunnel has two ends", sources);
        }
    }

    private void options() {
        if (part.tunnel().mac() != null && !topology.carriesFrames()) {
            refuse(
                    "tunnel.mac",
                    part.tunnel().mac().value(),
                    "is given to a device of kind " + kind.name() + ", which has no Ethernet address; leave it out");
        }
        Options options = endpoint.tunnel().options();
        optionsTogether.validate();
        mtu();
        String bound = endpoint.tunnel().options().asWords().get("dev");
        if (bound != null && !bound.equals(endpoint.underlay().device())) {
            refuse(
                    "tunnel.options.dev",
                    bound,
                    "is not the underlay device of " + server + ", "
                            + endpoint.underlay().device() + "; give that one, or leave it out",
                    server + ".underlay.device");
        }
        if (topology.mpls() != null && !kind.carriesLabels(endpoint.tunnel().options())) {
            refuse(
                    "tunnel.options",
                    endpoint.tunnel().options().toString(),
                    "does not let labelled packets through, and there is mpls; leave the mode out");
        }
        if (topology.mpls() == null && !kind.carriesUnlabelled(options)) {
            refuse(
                    "tunnel.options.mode",
                    options.asWords().get("mode"),
                    "lets nothing through but labelled packets, and there is no mpls; give mpls, or leave the mode out",
                    "mpls");
        }
        if (endpoint.tunnel().external()) {
            new ExternalValidator(topology, endpoint, validator).validate();
        }
        kind.sixRd(endpoint.tunnel().options())
                .ifPresent(domain -> new SixRdValidator(domain, endpoint, validator).validate());
        if (kind.isatap(endpoint.tunnel().options())) {
            new IsatapValidator(topology, endpoint, validator).validate();
        }
        UdpEncapsulation.of(endpoint.tunnel().options()).ifPresent(this::encapsulation);
    }

    private void mtu() {
        Integer mtu = endpoint.tunnel().mtu();
        int most = kind.maxMtu(topology.outerFamily(), endpoint.tunnel().options());
        if (mtu != null && mtu > most) {
            refuse(
                    "tunnel.mtu",
                    mtu.toString(),
                    "is more than a device of kind " + kind.name() + " with these options takes over "
                            + topology.outerFamily().title() + ", which is " + most,
                    "underlay",
                    "tunnel.options");
        }
    }

    private void encapsulation(UdpEncapsulation encapsulation) {
        Options options = endpoint.tunnel().options();
        long protocols = kind.carries(options).stream()
                .mapToInt(carried -> kind.outerProtocol(options, carried))
                .distinct()
                .count();
        if (topology.mpls() != null && encapsulation.header() == Header.FOU && protocols > 1) {
            refuse(
                    "tunnel.options.encap",
                    "fou",
                    "cannot tell labelled packets from others, and there is mpls: a fou port takes one protocol; give gue");
        }
    }

    private void listener() {
        Given<Integer> listen = part.tunnel().listen();
        if (listen == null) {
            return;
        }
        String far = topology.far(endpoint.place()).place().id();
        int sent = topology.udpListener(endpoint.place()).map(UdpListener::port).orElse(0);
        if (sent == 0) {
            refuse(
                    "tunnel.listen",
                    String.valueOf(listen.value()),
                    "is a port to which nothing comes: " + far
                            + " puts nothing into UDP; give it encap, or leave it out",
                    far + ".tunnel.options",
                    "tunnel.options");
        } else if (sent != listen.value()) {
            refuse(
                    "tunnel.listen",
                    String.valueOf(listen.value()),
                    "is not where " + far + " sends to, which is " + sent
                            + " by its encap-dport, so that nothing listens there; make them one, or leave it out",
                    far + ".tunnel.options",
                    "tunnel.options");
        }
    }

    private void devices() {
        Set<String> taken = new HashSet<>();
        if (endpoint.lan() != null) {
            taken.add(endpoint.lan().server().device());
        }
        device("underlay.device", endpoint.underlay().device(), taken);
        device("tunnel.device", endpoint.tunnel().device(), taken);
        if (endpoint.bridge() != null && !taken.add(endpoint.bridge().device())) {
            validator.refuse(
                    "tunnel.bridge", endpoint.bridge().device(), "is the name of another device; choose another");
        }
    }

    private void device(String path, String name, Set<String> taken) {
        if (RESERVED.contains(name)) {
            refuse(path, name, "is a name that the kernel has another meaning for; choose another");
        } else if (!taken.add(name)) {
            refuse(path, name, "is the name of another device of " + server + "; choose another");
        }
    }

    private void lan(Lan lan) {
        String subnet = server + ".lan";
        inLan("lan.host", lan.host().address(), subnet);
        if (endpoint.bridge() != null) {
            return;
        }
        inLan("lan.address", lan.server().address(), subnet);
        if (lan.server().address().equals(lan.host().address())) {
            refuse(
                    "lan.host",
                    lan.host().address().host(),
                    "is the address of " + server + " on the LAN too; give each its own",
                    subnet);
        }
    }

    private void inLan(String path, InterfaceAddress address, String subnet) {
        Given<Subnet> given =
                Objects.requireNonNull(Objects.requireNonNull(part.lan()).subnet());
        if (!given.value().isHost(address.address())) {
            refuse(path, address.host(), "is no host of the subnet " + given.value() + " (" + subnet + ")", subnet);
        }
    }

    private void routes() {
        Set<String> devices = new HashSet<>(
                List.of(endpoint.underlay().device(), endpoint.tunnel().device(), endpoint.innerDevice(), "lo"));
        if (endpoint.lan() != null) {
            devices.add(endpoint.lan().server().device());
        }
        Set<Object> destinations = new HashSet<>();
        for (int i = 0; i < part.routes().size(); i++) {
            RoutePart route = part.routes().get(i);
            String path = "routes[" + i + "]";
            if (route.device() != null && !devices.contains(route.device().value())) {
                refuse(
                        path + ".device",
                        route.device().value(),
                        "is no device of " + server + "; there are "
                                + String.join(", ", devices.stream().sorted().toList()),
                        server + ".tunnel.device",
                        server + ".underlay.device",
                        server + ".lan");
            }
            if (route.to() != null && !destinations.add(route.to().value())) {
                refuse(
                        path + ".to",
                        route.to().value().toString(),
                        "is the destination of an earlier route too; keep one of them");
            }
            if (!route.labels().isEmpty() && topology.mpls() == null) {
                refuse(path + ".labels", null, "needs the mpls part, which makes the servers ready for labels");
            }
        }
    }

    /** Settings stay when a topology goes: only those that the next topology sets anew, or that go with a device, are taken. */
    private void sysctl(String name) {
        Set<String> devices = new HashSet<>(Set.of(endpoint.underlay().device()));
        if (!topology.isFallback(endpoint.tunnel())) {
            devices.add(endpoint.tunnel().device());
        }
        if (endpoint.bridge() != null) {
            devices.add(endpoint.bridge().device());
        }
        if (endpoint.lan() != null) {
            devices.add(endpoint.lan().server().device());
        }
        boolean ofDevice = devices.stream()
                .anyMatch(device -> name.matches("net\\.(ipv4|ipv6|mpls)\\.conf\\." + device + "\\.[a-z0-9_]+"));
        Map<String, String> settings = Baseline.sysctls(true, topology.usesIpv6());
        if (!ofDevice && !settings.containsKey(name)) {
            refuse(
                    "sysctls." + name,
                    name,
                    "is no setting that can be undone; allowed are net.ipv4.conf.DEVICE.* of the devices "
                            + String.join(", ", devices.stream().sorted().toList()) + " and "
                            + String.join(", ", settings.keySet()));
        }
    }

    private static String address(InetAddress address) {
        return IpAddress.text(address);
    }
}
