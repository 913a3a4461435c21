package dev.culvert.harness.stimulus;

import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules by which the mark of A's tunnel device decides whether the way to B leads anywhere. */
public final class RouteMarkStimuli {

    /** First what has the mark finds no way to B, then everything else. */
    public static final String ROUTE_MARK = "route-mark";

    /**
     * Labels of the packets into the tunnel: while marked packets find no way, and while they alone do. What IPsec makes is not marked, and of
     * it the other one is lost.
     */
    public static final String LOST = "lost";

    public static final String LED = "led";

    /** Names under which A's word on the way to B without a mark is kept, at either time. */
    public static final String WAY_WITHOUT_MARK = "way-without-mark";

    public static final String NO_WAY_WITHOUT_MARK = "no-way-without-mark";

    /** A routing table that nothing else uses. */
    static final String TABLE = "100";

    private RouteMarkStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        ROUTE_MARK,
                        "A sends into the tunnel while its mark leads nowhere, and while nothing but its mark leads to B",
                        RouteMarkStimuli::send)
                .onlyFor(RouteMarkStimuli::isMarked));
    }

    private static boolean isMarked(Topology topology) {
        return !Set.of("0", NumberOrInherit.INHERIT).contains(mark(topology));
    }

    /** What A's device has for {@code fwmark}, 0 where it is not said. */
    static String mark(Topology topology) {
        return topology.a().tunnel().options().asWords().getOrDefault("fwmark", "0");
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        InetAddress b = topology.a().tunnel().remote();
        List<String> nowhere = List.of("blackhole", Subnet.of(b).toString(), "table", TABLE);
        List<String> marked = List.of("fwmark", mark(topology), "table", TABLE);
        List<String> unmarked = List.of("not", "fwmark", mark(topology), "table", TABLE);
        List<String> way = Lists.routeTo(b);
        EchoReplies echo = new EchoReplies();

        stage.run("nowhere", Place.A, ip(topology, "route", "add", nowhere));
        stage.afterwards(Place.A, ip(topology, "route", "del", nowhere));
        stage.run("rule", Place.A, ip(topology, "rule", "add", marked));
        // A device over IPv6 may keep the route it had (dst_cache in ip6_tnl_xmit), until it is told anything.
        stage.tunnelOptions("fwmark", mark(topology));
        into(stage, LOST, echo);
        stage.settle();
        stage.run(WAY_WITHOUT_MARK, Place.A, way);
        stage.run("no-rule", Place.A, ip(topology, "rule", "del", marked));

        stage.run("other-rule", Place.A, ip(topology, "rule", "add", unmarked));
        stage.afterwards(Place.A, ip(topology, "rule", "del", unmarked));
        into(stage, LED, echo);
        stage.settle();
        stage.run(NO_WAY_WITHOUT_MARK, Place.A, way);
    }

    /** Sends the other end of the tunnel a packet through the routing of A. */
    static void into(Stage stage, String label, EchoReplies echo) {
        Topology topology = stage.topology();
        InetAddress a = topology.a().tunnel().address().address();
        InetAddress b = topology.b().tunnel().address().address();
        stage.send(label, Place.A, echo.next(a, b).bytes().toArray());
    }

    /** A command of {@code ip} about the routing of outer packets. */
    static List<String> ip(Topology topology, String object, String action, List<String> words) {
        List<String> argv = new ArrayList<>();
        argv.add("ip");
        argv.add(topology.outerFamily() == Family.IPV6 ? "-6" : "-4");
        argv.add(object);
        argv.add(action);
        argv.addAll(words);
        return argv;
    }
}
