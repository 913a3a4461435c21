package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.IsatapAddress;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.util.Optional;

/** Checks that the address on a server's ISATAP interface says where its tunnel ends (RFC 5214 section 6), and that the other end takes what is behind it. */
final class IsatapValidator {

    private final Topology topology;
    private final Endpoint endpoint;
    private final Validator validator;
    private final String server;

    IsatapValidator(Topology topology, Endpoint endpoint, Validator validator) {
        this.topology = topology;
        this.endpoint = endpoint;
        this.validator = validator;
        this.server = endpoint.place().id();
    }

    void validate() {
        InetAddress address = endpoint.tunnel().address().address();
        InetAddress local = endpoint.tunnel().local();
        if (!IsatapAddress.embeddedIn(address).equals(Optional.of(Ipv4.of(local)))) {
            validator.refuse(
                    server + ".tunnel.address",
                    IpAddress.text(address),
                    "is no ISATAP address of " + IpAddress.text(local) + ", where the tunnel ends; give "
                            + IpAddress.text(IsatapAddress.of(address, Ipv4.of(local))),
                    "tunnel.subnet",
                    "tunnel.options",
                    server + ".tunnel.local",
                    server + ".underlay.address",
                    "underlay.subnet");
        }
        Endpoint far = topology.far(endpoint.place());
        if (endpoint.lan() != null && !far.tunnel().potentialRouters().contains(Ipv4.of(local))) {
            // isatap_chksrc in net/ipv6/sit.c
            validator.refuse(
                    server + ".lan",
                    endpoint.lan().subnet().toString(),
                    "is behind an ISATAP interface, and the other end takes nothing but what has an ISATAP address; give "
                            + IpAddress.text(local) + " to " + far.place().id()
                            + ".tunnel.potential-routers, or leave the LAN out",
                    far.place().id() + ".tunnel.potential-routers",
                    server + ".tunnel.local",
                    server + ".underlay.address",
                    "underlay.subnet");
        }
    }
}
