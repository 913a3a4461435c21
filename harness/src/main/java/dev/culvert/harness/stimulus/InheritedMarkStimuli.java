package dev.culvert.harness.stimulus;

import static dev.culvert.harness.stimulus.RouteMarkStimuli.NO_WAY_WITHOUT_MARK;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.TABLE;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.WAY_WITHOUT_MARK;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.into;
import static dev.culvert.harness.stimulus.RouteMarkStimuli.ip;

import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.Option.NumberOrInherit;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules by which the mark of what A sends into the tunnel decides whether the way to B leads anywhere. */
public final class InheritedMarkStimuli {

    /** First what has the mark finds no way to B, then everything else. */
    public static final String INHERITED_MARK = "inherited-mark";

    /** Labels of the packets into the tunnel while marked ones find no way. */
    public static final String UNMARKED_LED = "unmarked-led";

    public static final String MARKED_LOST = "marked-lost";

    /** Labels of the packets into the tunnel while unmarked ones find no way. */
    public static final String MARKED_LED = "marked-led";

    public static final String UNMARKED_LOST = "unmarked-lost";

    /** Name under which it is kept what A's traffic control says when it is to mark whatever leaves by the tunnel device. */
    public static final String MARKING = "marking";

    private static final String MARK = "7";

    private InheritedMarkStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        INHERITED_MARK,
                        "A sends packets with and without a mark into the tunnel, of which the ones and then the others lead nowhere",
                        InheritedMarkStimuli::send)
                .onlyFor(topology -> NumberOrInherit.INHERIT.equals(RouteMarkStimuli.mark(topology))));
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        InetAddress b = topology.a().tunnel().remote();
        List<String> nowhere = List.of("blackhole", Subnet.of(b).toString(), "table", TABLE);
        List<String> marked = List.of("fwmark", MARK, "table", TABLE);
        List<String> unmarked = List.of("not", "fwmark", MARK, "table", TABLE);
        List<String> way = Lists.routeTo(b);
        EchoReplies echo = new EchoReplies();

        stage.run("nowhere", Place.A, ip(topology, "route", "add", nowhere));
        stage.afterwards(Place.A, ip(topology, "route", "del", nowhere));
        stage.run("clsact", Place.A, tc(topology, "qdisc add dev %s clsact"));
        stage.afterwards(Place.A, tc(topology, "qdisc del dev %s clsact"));

        stage.run("rule", Place.A, ip(topology, "rule", "add", marked));
        into(stage, UNMARKED_LED, echo);
        stage.run(MARKING, Place.A, tc(topology, "filter add dev %s egress matchall action skbedit mark " + MARK));
        into(stage, MARKED_LOST, echo);
        stage.settle();
        stage.run(WAY_WITHOUT_MARK, Place.A, way);
        stage.run("no-rule", Place.A, ip(topology, "rule", "del", marked));

        stage.run("other-rule", Place.A, ip(topology, "rule", "add", unmarked));
        stage.afterwards(Place.A, ip(topology, "rule", "del", unmarked));
        into(stage, MARKED_LED, echo);
        stage.run("no-marking", Place.A, tc(topology, "filter del dev %s egress"));
        into(stage, UNMARKED_LOST, echo);
        stage.settle();
        stage.run(NO_WAY_WITHOUT_MARK, Place.A, way);
    }

    /** A command of traffic control for A's tunnel device, whose place in it is {@code %s}. */
    private static List<String> tc(Topology topology, String words) {
        List<String> argv = new ArrayList<>(List.of("tc"));
        String device = topology.a().tunnel().device();
        Arrays.stream(words.split(" "))
                .map(word -> word.equals("%s") ? device : word)
                .forEach(argv::add);
        return argv;
    }
}
