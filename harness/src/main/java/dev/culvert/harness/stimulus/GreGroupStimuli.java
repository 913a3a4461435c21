package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.UdpDatagram;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.util.List;

/** What concerns a GRE device whose remote is a group: that it joins, and what comes to the group and past it. */
public final class GreGroupStimuli {

    /** A's device goes down and up. */
    public static final String MEMBERSHIP = "gre-group-membership";
    /** Packets for B by the device of A, and composed ones. */
    public static final String TRAFFIC = "gre-group-traffic";

    /** Names under which the groups of A's underlay are kept: with the device up, down, and up again. */
    public static final String GROUPS_UP = "groups-up";

    public static final String GROUPS_DOWN = "groups-down";
    public static final String GROUPS_UP_AGAIN = "groups-up-again";

    /** Label of A's echo request to B's internal address. */
    public static final String REQUEST = "request";
    /** Label of A's datagram to a port of B's that nobody has. */
    public static final String CLOSED_PORT = "closed-port";
    /** Label of a composed packet to the group from an address that is neither's. */
    public static final String FROM_STRANGER = "from-stranger";
    /** Label of one to B's own address. */
    public static final String TO_B_ALONE = "to-b-alone";
    /** Label of one to a group that B is not in. */
    public static final String TO_OTHER_GROUP = "to-other-group";
    /** Label of A's last echo request. */
    public static final String AT_THE_END = "at-the-end";

    /** Of MCAST-TEST-NET (RFC 6676 section 2), beside the topology's. */
    private static final Inet4Address OTHER_GROUP = Ipv4.parse("233.252.0.2").orElseThrow();

    private static final String DOCUMENTATION_GROUPS = "233.252.0.0/24";
    private static final int NOBODYS_PORT = 40000;

    private GreGroupStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(MEMBERSHIP, "A's tunnel device goes down and up", GreGroupStimuli::membership)
                        .onlyFor(Topology::toGroup),
                Stimulus.of(
                                TRAFFIC,
                                "A sends B packets by the group, and past it, and some that B cannot use",
                                GreGroupStimuli::traffic)
                        .onlyFor(Topology::toGroup));
    }

    private static void membership(Stage stage) {
        String underlay = stage.topology().a().underlay().device();
        String device = stage.topology().a().tunnel().device();
        // Both reports of a change at once instead of within 1 s (RFC 3376 section 8.11).
        String interval = "net.ipv4.conf." + underlay + ".igmpv3_unsolicited_report_interval=";
        stage.run("interval", Place.A, List.of("sysctl", "-q", "-w", interval + "1"));
        stage.afterwards(Place.A, List.of("sysctl", "-q", "-w", interval + "1000"));
        groups(stage, GROUPS_UP, underlay);
        stage.run("down", Place.A, List.of("ip", "link", "set", device, "down"));
        stage.settleTimers();
        groups(stage, GROUPS_DOWN, underlay);
        stage.run("up", Place.A, List.of("ip", "link", "set", device, "up"));
        stage.settleTimers();
        groups(stage, GROUPS_UP_AGAIN, underlay);
    }

    private static void groups(Stage stage, String answer, String device) {
        stage.run(answer, Place.A, List.of("ip", "-4", "maddr", "show", "dev", device));
    }

    private static void traffic(Stage stage) {
        Topology topology = stage.topology();
        String underlay = topology.a().underlay().device();
        stage.run("route", Place.A, List.of("ip", "route", "add", DOCUMENTATION_GROUPS, "dev", underlay));
        stage.afterwards(Place.A, List.of("ip", "route", "del", DOCUMENTATION_GROUPS, "dev", underlay));
        Inet4Address local = Ipv4.of(topology.a().tunnel().local());
        Inet4Address group = Ipv4.of(topology.a().tunnel().remote());
        EchoReplies echo = new EchoReplies();
        send(stage, REQUEST, request(topology, echo));
        send(
                stage,
                CLOSED_PORT,
                IpPacket.between(a(topology), b(topology))
                        .payload(new UdpDatagram(NOBODYS_PORT, NOBODYS_PORT, Bytes.of(new byte[8]))));
        compose(stage, FROM_STRANGER, Stranger.ADDRESS, group, request(topology, echo));
        compose(stage, TO_B_ALONE, local, Ipv4.of(topology.b().tunnel().local()), request(topology, echo));
        compose(stage, TO_OTHER_GROUP, local, OTHER_GROUP, request(topology, echo));
        send(stage, AT_THE_END, request(topology, echo));
    }

    private static void compose(
            Stage stage, String label, Inet4Address source, Inet4Address destination, IpPacket inner) {
        IpPayload made = Encapsulated.by(stage.topology(), inner);
        send(stage, label, Ipv4Packet.between(source, destination).id(1).payload(made));
    }

    private static IpPacket request(Topology topology, EchoReplies echo) {
        return echo.request(a(topology), b(topology));
    }

    private static Inet4Address a(Topology topology) {
        return topology.a().tunnel().address().ipv4();
    }

    private static Inet4Address b(Topology topology) {
        return topology.b().tunnel().address().ipv4();
    }

    private static void send(Stage stage, String label, IpPacket packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
