package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.IsatapAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A as a router on the ISATAP link, before and after B has it on its potential router list (RFC 5214 section 8.3). */
public final class IsatapRouterStimuli {

    /** A sends B what a router would: not on B's list, on it, and on it as a default router. */
    public static final String ROUTERS = "isatap-routers";

    /** What A is to B, each in its turn; the word is the label of what A then forwards, and names B's routes behind A's advertisement. */
    public static final String UNLISTED = "unlisted";

    public static final String LISTED = "listed";
    public static final String DEFAULT = "default";

    /** Name under which the addresses of B's tunnel device are kept, behind all advertisements. */
    public static final String ADDRESSES = "addresses";

    /** What A advertises each time; by it the advertisements are told from each other. */
    private static final Map<String, Subnet> PREFIXES = Map.of(
            UNLISTED, Subnet.parse("2001:db8:2:fff2::/64").orElseThrow(),
            LISTED, Subnet.parse("2001:db8:2:fff3::/64").orElseThrow(),
            DEFAULT, Subnet.parse("2001:db8:2:fff1::/64").orElseThrow());

    private static final InetAddress LINK_LOCAL_PREFIX = Ipv6.parse("fe80::").orElseThrow();

    private IsatapRouterStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        ROUTERS,
                        "A advertises itself to B and forwards to it, not on B's potential router list, on it, and as its default",
                        IsatapRouterStimuli::send)
                .onlyFor(
                        topology -> topology.kind().isatap(topology.b().tunnel().options())
                                && topology.b().tunnel().potentialRouters().isEmpty()));
    }

    /** The prefix that A advertises while it is that to B. */
    public static Subnet prefix(String standing) {
        return Objects.requireNonNull(PREFIXES.get(standing), standing);
    }

    /** Label of the advertisement that A sends while it is that to B. */
    public static String advertised(String standing) {
        return standing + "-advertised";
    }

    /** The link-local address of an ISATAP interface (RFC 5214 section 7.4). */
    public static Inet6Address linkLocal(TunnelEnd end) {
        return IsatapAddress.of(LINK_LOCAL_PREFIX, Ipv4.of(end.local()));
    }

    private static void send(Stage stage) {
        String device = stage.topology().b().tunnel().device();
        String router = IpAddress.text(stage.topology().a().tunnel().local());
        RouterStimuli.takeAdvertisements(stage, device);
        RouterStimuli.forgetAdvertised(stage, device, PREFIXES.values());
        EchoReplies echo = new EchoReplies();
        stand(stage, UNLISTED, echo);
        list(stage, "prl-nodefault", router);
        stand(stage, LISTED, echo);
        list(stage, "prl-delete", router);
        list(stage, "prl-default", router);
        stage.afterwards(Place.B, prl(stage, "prl-delete", router));
        stand(stage, DEFAULT, echo);
        stage.run(ADDRESSES, Place.B, List.of("ip", "-6", "-j", "addr", "show", "dev", device));
    }

    private static void list(Stage stage, String as, String router) {
        stage.run(as, Place.B, prl(stage, as, router));
    }

    private static List<String> prl(Stage stage, String as, String router) {
        String device = stage.topology().b().tunnel().device();
        return List.of("ip", "tunnel", "prl", as, router, "dev", device);
    }

    private static void stand(Stage stage, String standing, EchoReplies echo) {
        Topology topology = stage.topology();
        InetAddress b = topology.b().tunnel().address().address();
        compose(stage, standing, echo.next(IsatapStimuli.noIsatap(topology), b));
        IpPacket advertisement = IpPacket.between(
                        linkLocal(topology.a().tunnel()), linkLocal(topology.b().tunnel()))
                .payload(RouterStimuli.advertisement(prefix(standing)))
                .hopLimit(255);
        compose(stage, advertised(standing), advertisement);
        stage.settle();
        stage.run(standing, Place.B, List.of("ip", "-6", "-j", "route", "show"));
    }

    private static void compose(Stage stage, String label, IpPacket inner) {
        stage.send(
                label,
                Place.A,
                Encapsulated.fromAToB(stage.topology(), inner).bytes().toArray());
    }
}
