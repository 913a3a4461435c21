package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;

/**
 * ICMP messages that come to server A from the underlay. Each error is followed by echo requests for H; H's replies are the next
 * packets that A tunnels. All of it leaves server B through one queue, so that no error overtakes the packets around
 * it, and one packet more than there were errors uses up what A remembers of them (30 s otherwise).
 */
public final class IcmpErrorStimuli {

    /**
     * Every {@link TunnelError}, two requests after each, on the device as configured; then {@value #BURST} host unreachable
     * messages in a row, and {@value #BURST_REQUESTS} requests.
     */
    public static final String ERRORS = "tunnel-errors";
    /** Time exceeded messages about a tunnel whose outer TTL is fixed. */
    public static final String FIXED_TTL = "tunnel-errors-fixed-ttl";
    /** Requests to A itself. */
    public static final String TO_A = "icmp-to-a";

    /** How many host unreachable messages come in a row, labelled {@code burst-error-1} and so on. */
    public static final int BURST = 3;
    /** How many requests follow them, labelled {@code burst-request-1} and so on. */
    public static final int BURST_REQUESTS = 5;

    private static final int TIMESTAMP_REQUEST = 13;

    private IcmpErrorStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(ERRORS, "every ICMP error comes to A from within the tunnel", IcmpErrorStimuli::sendErrors)
                        .onlyFor(IcmpErrorStimuli::carriesIpBetweenLans),
                Stimulus.of(
                                FIXED_TTL,
                                "time exceeded messages come to A from within a tunnel of fixed ttl",
                                IcmpErrorStimuli::sendTimeExceeded)
                        .onlyFor(IcmpErrorStimuli::carriesIpBetweenLans),
                Stimulus.of(TO_A, "B sends an echo and a timestamp request to A's outer address", stage -> {
                            stage.send("echo", Place.B, toA(stage.topology(), IcmpMessage.echoRequest(0x4541, 1, 56)));
                            stage.send("timestamp", Place.B, toA(stage.topology(), timestampRequest()));
                        })
                        .onlyFor(topology -> topology.outerFamily() == Family.IPV4));
    }

    private static void sendErrors(Stage stage) {
        EchoRequests echo = new EchoRequests();
        for (TunnelError error : TunnelError.values()) {
            sendWithRequests(stage, error, echo);
        }
        sendBurst(stage, echo);
    }

    private static void sendTimeExceeded(Stage stage) {
        stage.tunnelOptions(OuterHeaderWords.alwaysDf(stage, "ttl", "40"));
        EchoRequests echo = new EchoRequests();
        sendWithRequests(stage, TunnelError.TIME_EXCEEDED, echo);
        sendWithRequests(stage, TunnelError.REASSEMBLY_TIME_EXCEEDED, echo);
    }

    private static void sendWithRequests(Stage stage, TunnelError error, EchoRequests echo) {
        Topology topology = stage.topology();
        stage.send(error.label(), Place.B, toA(topology, error.about(lost(topology, echo))));
        stage.send(error.request(1), Place.B, request(topology, echo));
        stage.send(error.request(2), Place.B, request(topology, echo));
        // The kernel may take all that waits at A's underlay before any of H's replies: the next error must not come
        // before they have passed
        // (process_backlog in net/core/dev.c).
        stage.settle();
    }

    private static void sendBurst(Stage stage, EchoRequests echo) {
        Topology topology = stage.topology();
        for (int i = 1; i <= BURST; i++) {
            stage.send(
                    "burst-error-" + i,
                    Place.B,
                    toA(topology, TunnelError.HOST_UNREACHABLE.about(lost(topology, echo))));
        }
        for (int i = 1; i <= BURST_REQUESTS; i++) {
            stage.send("burst-request-" + i, Place.B, request(topology, echo));
        }
    }

    /** A packet of H to J as A would have encapsulated it. */
    private static Bytes lost(Topology topology, EchoRequests echo) {
        return Encapsulated.fromAToBOverIpv4(topology, echo.next(h(topology), j(topology)))
                .id(0x6c6f)
                .dontFragment()
                .bytes();
    }

    /** A request that H believes to be J's. */
    private static byte[] request(Topology topology, EchoRequests echo) {
        return echo.next(j(topology), h(topology)).bytes().toArray();
    }

    private static byte[] toA(Topology topology, IcmpMessage message) {
        TunnelEnd entry = topology.a().tunnel();
        return Ipv4Packet.between(Ipv4.of(entry.remote()), Ipv4.of(entry.local()))
                .id(0x6572)
                .payload(message)
                .bytes()
                .toArray();
    }

    /** Three time stamps follow identifier and sequence number (RFC 792). */
    private static IcmpMessage timestampRequest() {
        return new IcmpMessage(TIMESTAMP_REQUEST, 0, 0x4541_0002L, Bytes.of(new byte[12]));
    }

    private static boolean carriesIpBetweenLans(Topology topology) {
        return topology.a().lan() != null
                && topology.b().lan() != null
                && topology.outerFamily() == Family.IPV4
                && topology.mpls() == null
                && !topology.kind().protectedByEsp()
                && !topology.bridged();
    }

    private static InetAddress h(Topology topology) {
        return Objects.requireNonNull(topology.a().lan()).host().address().address();
    }

    private static InetAddress j(Topology topology) {
        return Objects.requireNonNull(topology.b().lan()).host().address().address();
    }
}
