package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.IsatapAddress;
import java.net.InetAddress;
import java.util.Optional;

/** Checks that the address on a server's ISATAP interface says where its tunnel ends (RFC 5214 section 6), and that there is nothing behind it. */
final class IsatapValidator {

    private final Endpoint endpoint;
    private final Validator validator;
    private final String server;

    IsatapValidator(Endpoint endpoint, Validator validator) {
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
        if (endpoint.lan() != null) {
            // isatap_chksrc in net/ipv6/sit.c
            validator.refuse(
                    server + ".lan",
                    endpoint.lan().subnet().toString(),
                    "is behind an ISATAP interface, and the other end takes nothing but what has an ISATAP address; leave it out");
        }
    }
}
