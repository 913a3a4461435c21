package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.SixRd;
import java.net.InetAddress;

/** Checks that what a server has of a 6rd domain says of itself where the tunnel ends (RFC 5969 section 4). */
final class SixRdValidator {

    private final SixRd domain;
    private final Endpoint endpoint;
    private final Validator validator;
    private final String server;

    SixRdValidator(SixRd domain, Endpoint endpoint, Validator validator) {
        this.domain = domain;
        this.endpoint = endpoint;
        this.validator = validator;
        this.server = endpoint.place().id();
    }

    void validate() {
        leadsHere("tunnel.address", endpoint.tunnel().address().address());
        if (endpoint.lan() != null) {
            leadsHere("lan", endpoint.lan().subnet().network());
        }
    }

    private void leadsHere(String path, InetAddress address) {
        String local = IpAddress.text(endpoint.tunnel().local());
        String embedded = domain.embeddedIn(address).map(IpAddress::text).orElse("nowhere");
        if (!embedded.equals(local)) {
            validator.refuse(
                    server + "." + path,
                    IpAddress.text(address),
                    "leads to " + embedded + " by the 6rd prefix " + domain.prefix() + ", and the tunnel ends at "
                            + local + "; give an address with the bits of that one behind the prefix",
                    "tunnel.subnet",
                    "tunnel.options",
                    server + ".tunnel.local",
                    server + ".underlay.address",
                    "underlay.subnet");
        }
    }
}
