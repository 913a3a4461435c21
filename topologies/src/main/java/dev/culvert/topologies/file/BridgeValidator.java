package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.TopologyFile.LanPart;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks that what a topology joins with bridges is one segment: of frames, with one subnet and addresses of their own. */
final class BridgeValidator {

    private static final String BRIDGE = "tunnel.bridge";

    private final TopologyFile file;
    private final Topology topology;
    private final Validator validator;

    BridgeValidator(TopologyFile file, Topology topology, Validator validator) {
        this.file = file;
        this.topology = topology;
        this.validator = validator;
    }

    void validate() {
        if (!topology.carriesFrames()) {
            validator.refuse(
                    BRIDGE,
                    topology.a().innerDevice(),
                    "joins devices that carry frames, which those of kind "
                            + topology.kind().name() + " do not; leave it out",
                    "tunnel.kind");
        }
        if (topology.mpls() != null) {
            validator.refuse(
                    "mpls", null, "labels what is routed, and with " + BRIDGE + " nothing is; leave one of them out");
        }
        Map<InetAddress, String> taken = new LinkedHashMap<>();
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            taken.put(endpoint.tunnel().address().address(), endpoint.place().id());
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            Lan lan = endpoint.lan();
            if (lan != null) {
                lan(endpoint);
                host(endpoint, lan, taken);
            }
        }
    }

    private void lan(Endpoint endpoint) {
        String path = endpoint.place().id() + ".lan";
        LanPart part = endpoint.place() == Place.A ? file.a().lan() : file.b().lan();
        Given<Subnet> subnet = part == null ? null : part.subnet();
        Subnet segment = endpoint.tunnel().address().subnet();
        if (subnet != null && !subnet.value().equals(segment)) {
            validator.refuse(
                    path,
                    subnet.value().toString(),
                    "is not the subnet of the tunnel, " + segment + ", and " + BRIDGE + " joins the two; give that one",
                    "tunnel.subnet",
                    endpoint.place().id() + ".tunnel.address");
        }
        if (part != null && part.address() != null) {
            validator.refuse(
                    path + ".address",
                    part.address().value().getHostAddress(),
                    "cannot be given beside " + BRIDGE + ": the bridge has the internal address; leave it out");
        }
    }

    private void host(Endpoint endpoint, Lan lan, Map<InetAddress, String> taken) {
        InetAddress address = lan.host().address().address();
        String other = taken.putIfAbsent(address, lan.host().place().id());
        if (other != null) {
            List<String> others = new ArrayList<>(List.of("tunnel.subnet"));
            topology.servers().forEach(server -> others.add(server.place().id() + ".lan"));
            validator.refuse(
                    endpoint.place().id() + ".lan.host",
                    address.getHostAddress(),
                    "is the address of " + other + " on the same segment; give each its own",
                    others.toArray(String[]::new));
        }
    }
}
