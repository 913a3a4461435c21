package dev.culvert.topologies.plan;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A UDP socket by which the kernel takes ESP out of UDP, for as long as somebody holds it open: {@code UDP_ENCAP} with {@code
 * UDP_ENCAP_ESPINUDP} (udp(7), include/uapi/linux/udp.h; {@code xfrm4_udp_encap_rcv} in net/ipv4/xfrm4_input.c). A daemon that exchanges
 * keys does that elsewhere, and reads there what is not ESP; here nobody reads it, so that it can be seen waiting.
 */
final class EspSocket {

    private static final int IPPROTO_UDP = 17;
    private static final int UDP_ENCAP = 100;
    private static final int UDP_ENCAP_ESPINUDP = 2;

    private static final String READY = "open";

    private EspSocket() {}

    /** The step that opens it. */
    static ServeStep at(Place place, Family family, int port) {
        boolean ipv4 = family == Family.IPV4;
        String any = ipv4 ? "sockaddr_in(" + port + ", INADDR_ANY)" : "sockaddr_in6(" + port + ", Socket::IN6ADDR_ANY)";
        List<String> argv = new ArrayList<>(List.of("perl", "-MSocket"));
        for (String line : List.of(
                "socket my $s, " + (ipv4 ? "PF_INET" : "PF_INET6") + ", SOCK_DGRAM, 0 or die \"socket: $!\\n\";",
                "setsockopt $s, " + IPPROTO_UDP + ", " + UDP_ENCAP + ", " + UDP_ENCAP_ESPINUDP
                        + " or die \"UDP_ENCAP: $!\\n\";",
                "bind $s, " + any + " or die \"bind: $!\\n\";",
                "$| = 1; print \"" + READY + "\\n\"; select undef, undef, undef, undef")) {
            argv.addAll(List.of("-e", line));
        }
        return new ServeStep(place, argv, READY, "a UDP socket by which ESP is taken out of UDP, held open");
    }
}
