package dev.culvert.topologies.plan;

import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/**
 * How the servers learn to protect what goes through the tunnel device, and to accept only what is protected: a state for each
 * direction, and policies for every packet with the mark that the device's key is.
 */
final class EspSetup {

    private final Topology topology;
    private final Esp esp;
    private final Steps steps;

    EspSetup(Topology topology, Esp esp, Steps steps) {
        this.topology = topology;
        this.esp = esp;
        this.steps = steps;
    }

    void add() {
        for (Place place : List.of(Place.A, Place.B)) {
            Integer port = esp.udpPort();
            if (port != null) {
                steps.add(EspSocket.at(place, topology.outerFamily(), port));
            }
            EspState sending = EspState.sending(topology, place);
            EspState receiving = EspState.receiving(topology, place);
            steps.change(place, "what leaves is protected", new Change.AddEspState(sending));
            steps.change(place, "what comes is opened", new Change.AddEspState(receiving));
            policy(place, "nothing leaves unprotected", EspPolicy.Direction.OUT, sending);
            policy(place, "nothing unprotected comes", EspPolicy.Direction.IN, receiving);
            policy(place, "nothing unprotected comes", EspPolicy.Direction.FORWARDED, receiving);
        }
    }

    private void policy(Place place, String purpose, EspPolicy.Direction direction, EspState state) {
        steps.change(place, purpose, new Change.AddEspPolicy(new EspPolicy(direction, state)));
    }
}
