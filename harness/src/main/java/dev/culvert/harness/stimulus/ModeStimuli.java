package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.MplsStack;
import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;

/** Devices of every mode on B, each with an encapsulator of its own, that are given IP and MPLS from either side. */
public final class ModeStimuli {

    /** The one stimulus of this kind. */
    public static final String MODES = "modes";

    /** A device made without saying a mode, and one of each mode that takes only one kind of payload. */
    public static final String DEFAULT = "mode-default";

    public static final String IP_ONLY = "mode-ip";
    public static final String MPLS_ONLY = "mode-mpls";

    /** How many IP packets, and how many labelled ones, each device is given. */
    public static final int IP_PACKETS = 2;

    public static final int LABELLED_PACKETS = 1;

    /** Label of the IP packet that B's routes give to the MPLS-only device. */
    public static final String IP_INTO_MPLS = "ip-into-mpls";

    /** Name under which the devices as they are at the end are kept. */
    public static final String DEVICES = "devices";
    /** Names under which the attempts to make a second device with the ends of the first are kept. */
    public static final String AGAIN = "again";

    public static final String AGAIN_IN_OTHER_MODE = "again-in-other-mode";
    /** Name under which the attempt to make a device without any ends, like the fallback device, is kept. */
    public static final String WITHOUT_ENDS = "without-ends";

    /** The mode of IPv4 alone, of every kind that has it: {@code iptunnel_parse_opt} in iproute2's {@code ip/link_iptnl.c}. */
    private static final String IPV4_MODE = "ipip";

    private static final String GROUP = "78";
    private static final String ENCAPSULATORS = "192.0.2.0/24";
    private static final Inet4Address BEHIND_MPLS_ONLY = address(137);

    private ModeStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        MODES,
                        "IP and labelled packets come to, and one leaves by, devices of every mode on B",
                        stage -> {
                            List<String> first = ends(stage, 1);
                            stage.afterwards(Place.B, List.of("ip", "link", "del", "group", GROUP));
                            add(stage, DEFAULT, DEFAULT, first);
                            add(stage, IP_ONLY, IP_ONLY, with(ends(stage, 2), "mode", IPV4_MODE));
                            add(stage, MPLS_ONLY, MPLS_ONLY, with(ends(stage, 3), "mode", "mplsip"));
                            add(stage, AGAIN, "mode-again", first);
                            add(stage, AGAIN_IN_OTHER_MODE, "mode-again", with(first, "mode", IPV4_MODE));
                            add(stage, WITHOUT_ENDS, "mode-no-ends", List.of());
                            stage.run(
                                    "route",
                                    Place.B,
                                    List.of(
                                            "ip",
                                            "route",
                                            "add",
                                            BEHIND_MPLS_ONLY.getHostAddress() + "/32",
                                            "dev",
                                            MPLS_ONLY));
                            routeBack(stage);
                            send(stage);
                            stage.settle();
                            stage.run(DEVICES, Place.B, Lists.group(GROUP));
                        })
                .onlyFor(topology -> topology.kind().option("mode").isPresent()));
    }

    /** The label of the nth IP packet, from 1, for a device. */
    public static String ipLabel(String device, int n) {
        return device + "-given-ip-" + n;
    }

    /** The label of the labelled packet for a device. */
    public static String mplsLabel(String device) {
        return device + "-given-mpls";
    }

    /** So that what B has to say to an encapsulator would be seen on its underlay. */
    private static void routeBack(Stage stage) {
        Topology topology = stage.topology();
        String nextHop = topology.router() == null
                ? topology.a().underlay().address().host()
                : topology.router().towardsB().address().host();
        stage.run("route-back", Place.B, List.of("ip", "route", "add", ENCAPSULATORS, "via", nextHop));
        stage.afterwards(Place.B, List.of("ip", "route", "del", ENCAPSULATORS, "via", nextHop));
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        Inet4Address a = topology.a().tunnel().address().ipv4();
        Inet4Address b = topology.b().tunnel().address().ipv4();
        EchoReplies echo = new EchoReplies();
        List<String> devices = List.of(DEFAULT, IP_ONLY, MPLS_ONLY);
        for (String device : devices) {
            Inet4Address encapsulator = address(devices.indexOf(device) + 1);
            for (int n = 1; n <= IP_PACKETS; n++) {
                send(stage, ipLabel(device, n), encapsulator, echo.next(a, b));
            }
            // 1048575 is the last of the 20-bit labels: no table of the topology reaches it.
            send(
                    stage,
                    mplsLabel(device),
                    encapsulator,
                    MplsStack.over(echo.next(a, b).bytes(), 1048575));
        }
        stage.send(IP_INTO_MPLS, Place.B, echo.next(b, BEHIND_MPLS_ONLY).bytes().toArray());
    }

    private static void send(Stage stage, String label, Inet4Address encapsulator, IpPayload payload) {
        Inet4Address exit = Ipv4.of(stage.topology().b().tunnel().local());
        stage.send(
                label,
                Place.A,
                Ipv4Packet.between(encapsulator, exit).payload(payload).bytes().toArray());
    }

    private static void add(Stage stage, String answer, String device, List<String> ends) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", device, "group", GROUP, "up", "type"));
        argv.add(stage.topology().kind().name());
        argv.addAll(ends);
        stage.run(answer, Place.B, argv);
    }

    private static List<String> ends(Stage stage, int encapsulator) {
        String local = IpAddress.text(stage.topology().b().tunnel().local());
        return List.of("local", local, "remote", address(encapsulator).getHostAddress());
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    /** Of TEST-NET-1 (RFC 5737 section 3), which no topology uses. */
    private static Inet4Address address(int n) {
        return Ipv4.parse("192.0.2." + n).orElseThrow();
    }
}
