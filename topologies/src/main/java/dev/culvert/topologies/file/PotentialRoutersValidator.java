package dev.culvert.topologies.file;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Topology;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks a server's list of potential routers (RFC 5214 section 8): that there is an interface which has one, and that every entry is another router. */
final class PotentialRoutersValidator {

    /** As many as {@code print_tunnel} in iproute2's {@code ip/iptunnel.c} has room for; with more nobody could see what the kernel took. */
    private static final int MOST = 15;

    private final Topology topology;
    private final Endpoint endpoint;
    private final Validator validator;
    private final String path;

    PotentialRoutersValidator(Topology topology, Endpoint endpoint, Validator validator) {
        this.topology = topology;
        this.endpoint = endpoint;
        this.validator = validator;
        this.path = endpoint.place().id() + ".tunnel.potential-routers";
    }

    void validate() {
        List<Inet4Address> routers = endpoint.tunnel().potentialRouters();
        if (routers.isEmpty()) {
            return;
        }
        if (!topology.kind().isatap(endpoint.tunnel().options())) {
            validator.refuse(
                    path,
                    null,
                    "is given to a device that is no ISATAP interface, and only such a one has a list of potential routers; give kind: sit and"
                            + " isatap: true, or leave it out",
                    "tunnel.kind",
                    "tunnel.options");
            return;
        }
        if (routers.size() > MOST) {
            validator.refuse(
                    path,
                    String.valueOf(routers.size()),
                    "is more routers than `ip tunnel show` can show; give at most " + MOST);
        }
        entries(routers);
    }

    private void entries(List<Inet4Address> routers) {
        InetAddress local = endpoint.tunnel().local();
        Set<Inet4Address> earlier = new HashSet<>();
        for (int i = 0; i < routers.size(); i++) {
            Inet4Address router = routers.get(i);
            String entry = path + "[" + i + "]";
            if (router.equals(local)) {
                validator.refuse(
                        entry,
                        IpAddress.text(router),
                        "is where the tunnel ends on " + endpoint.place().id()
                                + " itself; a list has the other routers of the link",
                        endpoint.place().id() + ".tunnel.local",
                        endpoint.place().id() + ".underlay.address",
                        "underlay.subnet");
            } else if (!earlier.add(router)) {
                // ipip6_tunnel_add_prl in net/ipv6/sit.c: EEXIST
                validator.refuse(entry, IpAddress.text(router), "is on the list already; keep one of them");
            }
        }
    }
}
