package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IpPacket;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.List;

/** Outer packets that A composes itself, past its tunnel device, for B to take apart. */
public final class DecapsulationStimuli {

    /** Outer packets of every ECN field, DSCP and inner TTL that the exit must treat in its own way. */
    public static final String DECAPSULATED = "decapsulated";

    private static final int INNER_DSCP = 0xb8;
    private static final int OUTER_DSCP = 0x20;

    private DecapsulationStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(
                        DECAPSULATED,
                        "A composes outer packets itself, of every inner and outer ECN field and of different inner ttls",
                        DecapsulationStimuli::send)
                .onlyFor(Topology::takesComposed));
    }

    private static void send(Stage stage) {
        Topology topology = stage.topology();
        InetAddress a = topology.a().tunnel().address().address();
        InetAddress b = topology.b().tunnel().address().address();
        EchoReplies echo = new EchoReplies();
        for (int inner = 0; inner < 4; inner++) {
            for (int outer = 0; outer < 4; outer++) {
                IpPacket packet = echo.next(a, b).trafficClass(INNER_DSCP | inner);
                send(stage, "ecn-" + inner + "-in-" + outer, OUTER_DSCP | outer, packet);
            }
        }
        send(stage, "dscp-0-in-46", 0xb8, echo.next(a, b));
        send(stage, "ttl-9", 0, echo.next(a, b).hopLimit(9));
        send(stage, "ttl-0", 0, echo.request(a, b).hopLimit(0));
        if (topology.b().lan() != null && !topology.bridged()) {
            InetAddress j = topology.b().lan().host().address().address();
            for (int ttl : new int[] {9, 1, 0}) {
                send(stage, "ttl-" + ttl + "-to-j", 0, echo.next(a, j).hopLimit(ttl));
            }
        }
    }

    private static void send(Stage stage, String label, int outerTos, IpPacket inner) {
        stage.send(
                label,
                Place.A,
                Encapsulated.fromAToB(stage.topology(), inner)
                        .trafficClass(outerTos)
                        .bytes()
                        .toArray());
    }
}
