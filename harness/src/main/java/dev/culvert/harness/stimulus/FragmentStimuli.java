package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/** Inner packets that are fragments before they reach the tunnel. */
public final class FragmentStimuli {

    /** Three fragments of one packet. */
    public static final String INNER_FRAGMENTS = "inner-fragments";

    private FragmentStimuli() {}

    public static List<Stimulus> all() {
        return List.of(Stimulus.of(INNER_FRAGMENTS, "A sends the three fragments of a packet", stage -> {
                    Topology topology = stage.topology();
                    Ipv4Packet whole = new EchoReplies()
                            .ofLength(
                                    3 * 576,
                                    topology.a().tunnel().address().ipv4(),
                                    topology.b().tunnel().address().ipv4());
                    List<Ipv4Packet> fragments = whole.fragments(576 + 20);
                    for (int i = 0; i < fragments.size(); i++) {
                        stage.send(
                                "fragment-" + (i + 1),
                                Place.A,
                                fragments.get(i).bytes().toArray());
                    }
                })
                .onlyFor(topology -> topology.innerFamily() == Family.IPV4));
    }
}
