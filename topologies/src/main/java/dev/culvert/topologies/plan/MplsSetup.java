package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Mpls;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the servers learn to pop the labels that the other one pushes (Documentation/networking/mpls-sysctl.rst). */
final class MplsSetup {

    /** Room behind the labels in use, so that a label that nobody routes is unknown and not out of range. */
    private static final int SMALLEST_TABLE = 1000;

    private final Topology topology;
    private final Mpls mpls;
    private final Steps steps;

    MplsSetup(Topology topology, Mpls mpls, Steps steps) {
        this.topology = topology;
        this.mpls = mpls;
        this.steps = steps;
    }

    void add() {
        int highest = Stream.of(mpls.aToB(), mpls.bToA())
                .flatMap(List::stream)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        int table = Math.max(SMALLEST_TABLE, highest + 1);
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            Place place = endpoint.place();
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("net.mpls.platform_labels", String.valueOf(table));
            settings.put("net.mpls.ip_ttl_propagate", "1");
            settings.put("net.mpls.default_ttl", "255");
            settings.put("net.mpls.conf." + endpoint.tunnel().device() + ".input", "1");
            // A label below one that was popped is looked up as if it had come in by lo (mpls_forward in
            // net/mpls/af_mpls.c).
            settings.put("net.mpls.conf.lo.input", "1");
            steps.sysctls(place, "labelled packets are taken from the tunnel", settings);
            for (int label : mpls.poppedBy(place)) {
                steps.change(place, "pop the label", new Change.PopLabel(label, "lo"));
            }
        }
    }
}
