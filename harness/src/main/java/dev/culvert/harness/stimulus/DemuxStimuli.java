package dev.culvert.harness.stimulus;

import dev.culvert.harness.server.Lists;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Packets of an encapsulator that B's own tunnel does not match, and devices on B that match it more and less exactly. */
public final class DemuxStimuli {

    /** Where B has a device of its own: one by one the candidates go down, until nothing takes the packets. */
    public static final String CANDIDATES = "demux-candidates";
    /** Where B receives on the fallback device. */
    public static final String FALLBACK = "demux-fallback";

    /** Matches the outer source, and is bound to the underlay device. */
    public static final String BY_LINK = "demux-link";
    /** Matches both outer addresses. */
    public static final String BY_BOTH = "demux-both";
    /** Matches the outer source. */
    public static final String BY_REMOTE = "demux-remote";
    /** Matches the outer destination. */
    public static final String BY_LOCAL = "demux-local";

    /** Label of a packet of the encapsulator that B knows. */
    public static final String KNOWN = "known";
    /** Label of a packet of the stranger before B has a device for it. */
    public static final String UNMATCHED = "unmatched";
    /** Label of the packet that comes when every candidate is down. */
    public static final String ALL_DOWN = "all-down";
    /** Name under which the counters of the devices are kept. */
    public static final String COUNTED = "counted";
    /** Name under which B's attempt to delete the fallback device is kept. */
    public static final String DELETED = "fallback-deleted";
    /** Name under which the fallback device as it is after that is kept. */
    public static final String LEFT = "fallback-left";

    private static final String GROUP = "77";
    private static final String FALLBACK_MAC = "02:00:00:00:00:77";

    private DemuxStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                CANDIDATES,
                                "A stranger's packets come to B while the devices that match them go down one by one",
                                DemuxStimuli::candidates)
                        .onlyFor(topology -> !topology.fallback()
                                && !topology.b().tunnel().external()
                                && FromAnywhere.canCompose(topology)
                                && topology.kind().lastResort() != null),
                Stimulus.of(FALLBACK, "A stranger's packet comes to B, whose fallback device is up", stage -> {
                            FromAnywhere packets = new FromAnywhere(stage);
                            packets.known(KNOWN);
                            packets.stranger(UNMATCHED);
                            deleteFallback(stage);
                        })
                        .onlyFor(Topology::fallback));
    }

    /** The devices in the order in which they go down; the nth takes n packets, and the fallback device one more than the last. */
    public static List<String> order(Topology topology) {
        List<String> order = new ArrayList<>();
        if (topology.kind().prefersLink()) {
            order.add(BY_LINK);
        }
        order.add(BY_BOTH);
        order.addAll(topology.kind().prefersLocal() ? List.of(BY_LOCAL, BY_REMOTE) : List.of(BY_REMOTE, BY_LOCAL));
        return List.copyOf(order);
    }

    /** The name of the nth packet, from 1, that a device is to take. */
    public static String label(String device, int n) {
        return device + "-" + n;
    }

    private static void candidates(Stage stage) {
        Topology topology = stage.topology();
        String fallback = Objects.requireNonNull(topology.kind().lastResort());
        FromAnywhere packets = new FromAnywhere(stage);
        Stranger.join(stage);
        packets.known(KNOWN);
        packets.stranger(UNMATCHED);
        stage.settle();

        TunnelEnd b = topology.b().tunnel();
        String remote = IpAddress.text(Stranger.address(topology));
        if (topology.kind().prefersLink()) {
            add(stage, BY_LINK, "remote", remote, "dev", topology.b().underlay().device());
        }
        add(stage, BY_BOTH, "local", IpAddress.text(b.local()), "remote", remote);
        add(stage, BY_REMOTE, "remote", remote);
        add(stage, BY_LOCAL, "local", IpAddress.text(b.local()));
        stage.afterwards(Place.B, List.of("ip", "link", "del", "group", GROUP));
        deleteFallback(stage);
        if (topology.carriesFrames() && fallback.equals(topology.kind().fallbackDevice())) {
            // The kernel makes it without an Ethernet address, and none like that comes up (eth_validate_addr in
            // net/ethernet/eth.c).
            stage.run("fallback-address", Place.B, List.of("ip", "link", "set", fallback, "address", FALLBACK_MAC));
        }
        set(stage, fallback, "up");
        stage.afterwards(Place.B, List.of("ip", "link", "set", fallback, "down"));

        List<String> order = new ArrayList<>(order(topology));
        order.add(fallback);
        for (int i = 0; i < order.size(); i++) {
            for (int n = 1; n <= i + 1; n++) {
                packets.stranger(label(order.get(i), n));
            }
            stage.settle();
            set(stage, order.get(i), "down");
        }
        packets.stranger(ALL_DOWN);
        stage.settle();
        stage.run(COUNTED, Place.B, Lists.group(GROUP));
    }

    private static void deleteFallback(Stage stage) {
        String fallback = Objects.requireNonNull(stage.topology().kind().lastResort());
        stage.run(DELETED, Place.B, List.of("ip", "link", "del", fallback));
        stage.run(LEFT, Place.B, Lists.link(fallback));
    }

    private static void add(Stage stage, String device, String... ends) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", device, "group", GROUP, "up", "type"));
        argv.add(stage.topology().kind().name());
        argv.addAll(List.of(ends));
        argv.addAll(stage.topology().b().tunnel().options().words());
        stage.run("add-" + device, Place.B, argv);
    }

    private static void set(Stage stage, String device, String state) {
        stage.run(device + "-" + state, Place.B, List.of("ip", "link", "set", device, state));
    }
}
