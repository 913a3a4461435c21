package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.Set;
import java.util.stream.Stream;

/** Checks that the options of a server's tunnel end go together: with each other, with the family of the outer header, and with those of the other end. */
final class OptionsValidator {

    private final Topology topology;
    private final Endpoint endpoint;
    private final Validator validator;
    private final Kind kind;
    /** Whether a server has options that are not common to both. */
    private final boolean ownOptions;

    OptionsValidator(TopologyFile file, Topology topology, Endpoint endpoint, Validator validator) {
        this.topology = topology;
        this.endpoint = endpoint;
        this.validator = validator;
        this.kind = topology.kind();
        this.ownOptions = Stream.of(file.a(), file.b())
                .anyMatch(one -> !one.tunnel().options().isEmpty());
    }

    void validate() {
        Options options = endpoint.tunnel().options();
        kind.conflicts(options).forEach(this::refuse);
        kind.outOfPlace(topology.outerFamily(), options).forEach(this::refuse);
        // What a fallback device takes is said of the device, which has no options.
        if (!topology.isFallback(topology.a().tunnel())
                && !topology.isFallback(topology.b().tunnel())) {
            mismatches(options);
        }
    }

    /** What both ends would be told alike is said of B's alone. */
    private void mismatches(Options own) {
        Options far = topology.far(endpoint.place()).tunnel().options();
        Set<String> saidOfB =
                endpoint.place() == Place.A ? kind.mismatches(far, own).keySet() : Set.of();
        kind.mismatches(own, far).forEach((option, message) -> {
            if (!saidOfB.contains(option)) {
                refuse(option, message);
            }
        });
    }

    /** What neither server says for itself is said of what both have in common. */
    private void refuse(String option, String message) {
        String path = "tunnel.options." + option;
        validator.refuse(
                ownOptions ? endpoint.place().id() + "." + path : path,
                endpoint.tunnel().options().asWords().get(option),
                message,
                "a.tunnel.options." + option,
                "underlay");
    }
}
