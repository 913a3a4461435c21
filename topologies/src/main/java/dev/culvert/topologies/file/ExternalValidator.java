package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Topology;

/** Checks an end in external mode: what goes into its device has to come by a route that says what the outer header is, and nothing else. */
final class ExternalValidator {

    private static final String PATH = "tunnel.options.external";

    private final Topology topology;
    private final Endpoint endpoint;
    private final Validator validator;
    private final String server;

    ExternalValidator(Topology topology, Endpoint endpoint, Validator validator) {
        this.topology = topology;
        this.endpoint = endpoint;
        this.validator = validator;
        this.server = endpoint.place().id() + ".";
    }

    void validate() {
        if (endpoint.bridge() != null) {
            validator.refuse(
                    server + PATH,
                    "true",
                    "leaves the outer header to routes, and what a bridge sends comes by none; leave out tunnel.bridge");
        }
        if (topology.mpls() != null) {
            validator.refuse(
                    server + PATH,
                    "true",
                    "leaves the outer header to routes, and a route cannot push labels as well; leave out mpls");
        }
        mtu();
    }

    private void mtu() {
        Kind kind = topology.kind();
        int underlay = endpoint.underlay().mtu();
        int made = topology.tunnelMtu(endpoint.place());
        if (endpoint.tunnel().mtu() == null && made > underlay) {
            int fits = underlay
                    - kind.overhead(topology.outerFamily(), endpoint.tunnel().options());
            validator.refuse(
                    server + "tunnel.mtu",
                    null,
                    "must be given beside external: without a remote the device is made with " + made
                            + "; what fits the underlay is " + fits,
                    "tunnel.options");
        }
    }
}
