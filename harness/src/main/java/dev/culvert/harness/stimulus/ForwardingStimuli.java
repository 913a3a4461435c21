package dev.culvert.harness.stimulus;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/** Packets that server A forwards from its LAN into the tunnel, and some that it must not. */
public final class ForwardingStimuli {

    /** Packets from H to J, of different sources and TTLs. */
    public static final String FORWARDED = "forwarded";
    /** A packet that is too long for the link behind the router once A has encapsulated it. */
    public static final String OUTER_TOO_LONG = "outer-too-long";

    private ForwardingStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(FORWARDED, "H sends packets of different sources and ttls to J", ForwardingStimuli::send)
                        .onlyFor(ForwardingStimuli::hasLans),
                Stimulus.of(
                                OUTER_TOO_LONG,
                                "H sends J a packet that is too long for the path once A has encapsulated it",
                                ForwardingStimuli::sendTooLong)
                        .onlyFor(t -> hasLans(t)
                                && t.outerFamily() == Family.IPV4
                                && t.router() != null
                                && t.router().narrows()
                                && !t.kind().protectedByEsp()));
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        InetAddress h = host(topology.a().lan());
        InetAddress j = host(topology.b().lan());
        EchoReplies echo = new EchoReplies();
        stage.send("ttl-64", Place.H, echo.next(h, j).bytes().toArray());
        stage.send("ttl-1", Place.H, echo.next(h, j).hopLimit(1).bytes().toArray());
        stage.send(
                "source-is-own",
                Place.H,
                echo.next(topology.a().tunnel().address().address(), j).bytes().toArray());
        if (topology.outerFamily() == topology.innerFamily()) {
            stage.send(
                    "source-is-exit",
                    Place.H,
                    echo.next(topology.a().tunnel().remote(), j).bytes().toArray());
        }
    }

    private static void sendTooLong(Stage stage) {
        Topology topology = stage.topology();
        stage.tunnelOptions(OuterHeaderWords.inheritedDf(stage, "ttl", "inherit"));
        int length = Objects.requireNonNull(topology.router()).towardsB().mtu();
        stage.send(
                "too-long",
                Place.H,
                new EchoReplies()
                        .ofLength(
                                length,
                                host(topology.a().lan()),
                                host(topology.b().lan()))
                        .bytes()
                        .toArray());
    }

    private static InetAddress host(Lan lan) {
        return lan.host().address().address();
    }

    private static boolean hasLans(Topology topology) {
        return topology.a().lan() != null && topology.b().lan() != null && !topology.bridged();
    }
}
