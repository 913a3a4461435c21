package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.harness.packet.Ipv6Extension;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What concerns tunnels whose outer header is IPv6 alone (RFC 2473): encapsulation limits, and ICMPv6 errors from within the tunnel. */
public final class Ipv6OuterStimuli {

    /** IPv6 packets that have an encapsulation limit before they enter the tunnel. */
    public static final String LIMITS = "encapsulation-limits";
    /** Every {@link Ipv6TunnelError} about a packet of H to J. */
    public static final String ERRORS = "ipv6-tunnel-errors";

    /** Label of A's packet that may enter three more tunnels. */
    public static final String LIMIT_3 = "limit-3";
    /** Label of A's packet that may enter one more tunnel. */
    public static final String LIMIT_1 = "limit-1";
    /** Label of H's packet that may enter no tunnel. */
    public static final String LIMIT_0 = "limit-0";
    /** Label of H's packet that says nothing of tunnels. */
    public static final String NO_LIMIT = "no-limit";

    /** Labels of H's packets to J after the errors, one more than there are errors that a device which tells nobody remembers. */
    public static final List<String> LATER = List.of("later-1", "later-2", "later-3");

    /** The length of the inner packets that errors are about. */
    private static final int INNER = 1340;
    /** What an ICMPv6 error quotes at most, so that it is no longer than 1280 bytes (RFC 4443 section 2.4). */
    private static final int QUOTED = 1280 - 40 - 8;

    private Ipv6OuterStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                LIMITS,
                                "A and H send packets that have an encapsulation limit already",
                                Ipv6OuterStimuli::sendLimits)
                        .onlyFor(topology -> topology.innerFamily() == Family.IPV6 && overIpv6(topology)),
                Stimulus.of(
                                ERRORS,
                                "every ICMPv6 error comes to A from within the tunnel about a packet of H",
                                Ipv6OuterStimuli::sendErrors)
                        .onlyFor(Ipv6OuterStimuli::overIpv6));
    }

    private static boolean overIpv6(Topology topology) {
        return topology.outerFamily() == Family.IPV6
                && topology.a().lan() != null
                && topology.b().lan() != null
                && topology.mpls() == null
                && !topology.kind().protectedByEsp()
                && !topology.carriesFrames();
    }

    private static void sendLimits(Stage stage) {
        Topology topology = stage.topology();
        Inet6Address a = Ipv6.of(topology.a().tunnel().address().address());
        Inet6Address b = Ipv6.of(topology.b().tunnel().address().address());
        Inet6Address h = Ipv6.of(host(topology.a()));
        Inet6Address j = Ipv6.of(host(topology.b()));
        EchoReplies echo = new EchoReplies();
        send(stage, LIMIT_3, Place.A, echo.next(a, b).extension(Ipv6Extension.encapsulationLimit(3)));
        send(stage, LIMIT_1, Place.A, echo.next(a, b).extension(Ipv6Extension.encapsulationLimit(1)));
        send(stage, LIMIT_0, Place.H, echo.next(h, j).extension(Ipv6Extension.encapsulationLimit(0)));
        send(stage, NO_LIMIT, Place.H, echo.next(h, j));
    }

    private static void sendErrors(Stage stage) {
        Topology topology = stage.topology();
        TunnelEnd entry = topology.a().tunnel();
        EchoReplies echo = new EchoReplies();
        for (Place place : List.of(Place.A, Place.H)) {
            stage.afterwards(place, List.of("ip", "-6", "route", "flush", "cache"));
            stage.afterwards(place, List.of("ip", "route", "flush", "cache"));
        }
        for (Ipv6TunnelError error : Ipv6TunnelError.values()) {
            IpPacket inner = echo.ofLength(INNER, host(topology.a()), host(topology.b()));
            Bytes lost = encapsulated(topology, inner).bytes();
            send(
                    stage,
                    error.label(),
                    Place.B,
                    Ipv6Packet.between(Ipv6.of(entry.remote()), Ipv6.of(entry.local()))
                            .payload(error.about(lost.slice(0, QUOTED))));
        }
        if (!topology.kind().relaysErrors()) {
            stage.settle();
            for (String label : LATER) {
                send(stage, label, Place.H, echo.next(host(topology.a()), host(topology.b())));
            }
        }
    }

    /** As A would send it in the last tunnel that it may enter: with a limit of 0. */
    private static Ipv6Packet encapsulated(Topology topology, IpPacket inner) {
        TunnelEnd entry = topology.a().tunnel();
        Kind kind = topology.kind();
        Carried carried = topology.innerFamily().carried();
        Map<String, String> given = new LinkedHashMap<>(entry.options().given());
        given.put("encaplimit", "0");
        Options last = Options.of(kind, given);
        Bytes made = Bytes.of(kind.encapsulate(last, carried, inner.bytes().toArray()));
        return Ipv6Packet.between(Ipv6.of(entry.local()), Ipv6.of(entry.remote()))
                .payload(IpPayload.of(kind.outerProtocol(last, carried), made));
    }

    private static InetAddress host(Endpoint endpoint) {
        return Objects.requireNonNull(endpoint.lan()).host().address().address();
    }

    private static void send(Stage stage, String label, Place from, IpPacket packet) {
        stage.send(label, from, packet.bytes().toArray());
    }
}
