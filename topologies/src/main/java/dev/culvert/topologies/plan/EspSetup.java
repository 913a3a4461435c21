package dev.culvert.topologies.plan;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * How the servers learn to protect what goes through the tunnel device, and to accept only what is protected: a state for each
 * direction, and policies for every packet with the mark that the device's key is.
 */
final class EspSetup {

    private final Topology topology;
    private final Steps steps;

    EspSetup(Topology topology, Steps steps) {
        this.topology = topology;
        this.steps = steps;
    }

    void add() {
        for (Place place : List.of(Place.A, Place.B)) {
            EspState sending = EspState.sending(topology, place);
            EspState receiving = EspState.receiving(topology, place);
            steps.run(place, "what leaves is protected", sending.add());
            steps.run(place, "what comes is opened", receiving.add());
            policy(place, "out", sending);
            policy(place, "in", receiving);
            policy(place, "fwd", receiving);
        }
    }

    private void policy(Place place, String direction, EspState state) {
        List<String> argv = new ArrayList<>(List.of("ip", "xfrm", "policy", "add", "src", "0.0.0.0/0"));
        argv.addAll(List.of("dst", "0.0.0.0/0", "dir", direction, "mark", state.mark()));
        argv.addAll(List.of("tmpl", "src", state.source(), "dst", state.destination()));
        argv.addAll(List.of("proto", "esp", "mode", "tunnel"));
        steps.run(place, direction.equals("out") ? "nothing leaves unprotected" : "nothing unprotected comes", argv);
    }
}
