package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Devices in external mode: packets that no route gave an outer header, and packets of encapsulators that no device names. */
public final class ExternalStimuli {

    /** A sends to an address for which no route says an outer header. */
    public static final String WITHOUT_METADATA = "external-without-metadata";
    /** A stranger's packets come to B, at last with a device there that has the stranger for its remote, beside the external one. */
    public static final String RECEIVER = "external-receiver";

    /** Label of the packet to B, and of one to an address that nothing has. */
    public static final String ROUTED = "routed";

    public static final String UNROUTED = "unrouted";

    /** Labels of the stranger's packets: without another device for it, and with one. */
    public static final String STRANGE = "strange";

    public static final String MATCHED = "matched";

    /** The device with ends of its own, and the name under which its counters are kept. */
    public static final String OWN_ENDS = "own-ends";
    /** Name under which the attempt to make a second device in external mode is kept. */
    public static final String SECOND = "second";

    private static final String GROUP = "79";
    /** The host number in the tunnel's subnet of what nothing has. */
    private static final int NOBODY = 3;

    private ExternalStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                WITHOUT_METADATA,
                                "A sends into the tunnel where no route says the outer header",
                                ExternalStimuli::withoutMetadata)
                        .onlyFor(Topology::external),
                Stimulus.of(
                                RECEIVER,
                                "A stranger's packets come to B, whose device is external, then also to one with that remote",
                                ExternalStimuli::receiver)
                        .onlyFor(topology -> topology.b().tunnel().external()
                                && topology.takesComposed()
                                && topology.kind().hasLocal()));
    }

    private static void withoutMetadata(Stage stage) {
        Topology topology = stage.topology();
        TunnelEnd a = topology.a().tunnel();
        InterfaceAddress nobody = a.address().subnet().host(NOBODY);
        if (a.mac() != null) {
            String device = a.device();
            String address = IpAddress.text(nobody.address());
            stage.run(
                    "neighbour",
                    Place.A,
                    List.of("ip", "neigh", "add", address, "lladdr", "02:00:00:00:00:79", "dev", device));
            stage.afterwards(Place.A, List.of("ip", "neigh", "del", address, "dev", device));
        }
        EchoReplies echo = new EchoReplies();
        send(
                stage,
                ROUTED,
                echo.next(a.address().address(), topology.b().tunnel().address().address()));
        send(stage, UNROUTED, echo.next(a.address().address(), nobody.address()));
    }

    private static void receiver(Stage stage) {
        Topology topology = stage.topology();
        TunnelEnd b = topology.b().tunnel();
        EchoReplies echo = new EchoReplies();
        strange(stage, STRANGE, echo);
        stage.settle();
        Map<String, String> options = new LinkedHashMap<>(b.options().given());
        stage.run(SECOND, Place.B, grouped(stage, b, SECOND, stranger(topology), options));
        options.remove("external");
        stage.run("add", Place.B, grouped(stage, b, OWN_ENDS, stranger(topology), options));
        stage.afterwards(Place.B, List.of("ip", "link", "del", "group", GROUP));
        stage.run("up", Place.B, List.of("ip", "link", "set", OWN_ENDS, "up"));
        strange(stage, MATCHED, echo);
        stage.settle();
        stage.run(OWN_ENDS, Place.B, Lists.group(GROUP));
    }

    private static List<String> grouped(
            Stage stage, TunnelEnd like, String device, InetAddress remote, Map<String, String> options) {
        TunnelEnd end = new TunnelEnd(
                device,
                like.local(),
                remote,
                like.address(),
                null,
                Options.of(stage.topology().kind(), options));
        List<String> argv = new ArrayList<>(stage.topology().kind().addDevice(end));
        argv.addAll(argv.indexOf(device) + 1, List.of("group", GROUP));
        return argv;
    }

    private static InetAddress stranger(Topology topology) {
        return topology.outerFamily() == Family.IPV4 ? Stranger.ADDRESS : Stranger.IPV6_ADDRESS;
    }

    private static void strange(Stage stage, String label, EchoReplies echo) {
        Topology topology = stage.topology();
        IpPacket inner = echo.next(
                topology.a().tunnel().address().address(),
                topology.b().tunnel().address().address());
        IpPacket outer = IpPacket.between(
                        stranger(topology), topology.b().tunnel().local())
                .payload(Encapsulated.by(topology, inner));
        stage.send(label, Place.A, outer.bytes().toArray());
    }

    private static void send(Stage stage, String label, IpPacket packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
