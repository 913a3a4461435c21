package dev.culvert.harness.stimulus;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;

/** A tunnel device of A whose other end has an address that A has too, though no route of A's stays with it. */
public final class LocalRemoteStimuli {

    /** A sends with a device that may have such an end, and with one that may not. */
    public static final String LOCAL_REMOTE = "local-remote";

    /** Labels of the packets, by whether the device is told that it may. */
    public static final String ALLOWED = "allowed";

    public static final String FORBIDDEN = "forbidden";

    /** The option of the kinds over IPv6. */
    private static final String OPTION = "allow-localremote";

    private LocalRemoteStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        LOCAL_REMOTE,
                        "A, which has B's outer address too, sends into the tunnel as configured, and with no" + OPTION,
                        LocalRemoteStimuli::send)
                .onlyFor(LocalRemoteStimuli::isAllowed));
    }

    private static boolean isAllowed(Topology topology) {
        return "true".equals(topology.a().tunnel().options().asWords().get(OPTION));
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        String remote = Subnet.of(topology.a().tunnel().remote()).toString();
        stage.run("address", Place.A, List.of("ip", "addr", "add", remote, "dev", "lo", "nodad", "noprefixroute"));
        stage.afterwards(Place.A, List.of("ip", "addr", "del", remote, "dev", "lo"));
        // Without it the outer packet goes on to B, by the route that it had before.
        stage.run(
                "route", Place.A, List.of("ip", "-6", "route", "del", "local", remote, "dev", "lo", "table", "local"));
        EchoReplies echo = new EchoReplies();
        InetAddress a = topology.a().tunnel().address().address();
        InetAddress b = topology.b().tunnel().address().address();
        stage.send(ALLOWED, Place.A, echo.next(a, b).bytes().toArray());
        stage.settle();
        stage.tunnelOptions("no" + OPTION);
        stage.send(FORBIDDEN, Place.A, echo.next(a, b).bytes().toArray());
    }
}
