package dev.culvert.harness.netlink;

import dev.culvert.topologies.Family;
import java.net.InetAddress;

/** Numbers of address families in the kernel (include/linux/socket.h). */
final class AddressFamily {

    static final int INET = 2;
    static final int INET6 = 10;
    static final int MPLS = 28;

    private AddressFamily() {}

    static int of(InetAddress address) {
        return of(Family.of(address));
    }

    static int of(Family family) {
        return family == Family.IPV4 ? INET : INET6;
    }
}
