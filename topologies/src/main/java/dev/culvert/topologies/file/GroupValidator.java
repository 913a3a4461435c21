package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Topology;
import java.util.List;

/** Checks a tunnel whose ends send to a multicast group: what else there is must get along with that. */
final class GroupValidator {

    private static final String PATH = "tunnel.group";

    private final Topology topology;
    private final Validator validator;

    GroupValidator(Topology topology, Validator validator) {
        this.topology = topology;
        this.validator = validator;
    }

    void validate() {
        if (!topology.kind().takesGroups()) {
            validator.refuse(
                    PATH,
                    IpAddress.text(topology.a().tunnel().remote()),
                    "cannot be the remote of a device of kind "
                            + topology.kind().name() + "; give kind: gre, or leave it out");
        }
        if (topology.router() != null) {
            validator.refuse(
                    "router", null, "forwards nothing that is for a group: there is tunnel.group; give underlay", PATH);
        }
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            String place = endpoint.place().id();
            if (!endpoint.tunnel().options().given().containsKey("dev")) {
                // ipgre_open in net/ipv4/ip_gre.c joins the group on the device of the route to it.
                validator.refuse(
                        "tunnel.options.dev",
                        null,
                        "must be given: the device of " + place + " on which it is in the group of tunnel.group",
                        PATH);
            }
            if (endpoint.tunnel().options().given().keySet().stream().noneMatch(option -> option.endsWith("key"))) {
                // gre_parse_opt in iproute2's ip/link_gre.c makes the group the key of both directions.
                validator.refuse(
                        "tunnel.options.key",
                        null,
                        "must be given: `ip link` would make tunnel.group the key, and netlink none",
                        PATH);
            }
        }
    }
}
