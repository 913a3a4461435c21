package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.ServerName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two agents on this machine, each with a network and mounts of its own; the first watches what passes at the second, and at the host behind that. */
class WatcherTest {

    private static final List<Place> PLACES = List.of(Place.A, Place.B, Place.J);
    private static final CapturePoint NEAR = CapturePoint.parse("b.lan0");
    private static final CapturePoint FAR = CapturePoint.parse("j.eth0");

    /** To a multicast address from a station's, of the EtherType for experiments (IEEE 802, 0x88b5). */
    private static final Bytes FRAME = Bytes.parse("01005e000001 02000000002a 88b5 0102030405060708090a0b0c0d0e0f10");

    private LocalAgent agentA;
    private LocalAgent agentB;
    private Server b;
    private Watcher watcher;

    @TempDir
    private Path directory;

    @BeforeEach
    void connect() throws Exception {
        agentA = LocalAgent.isolated();
        agentB = LocalAgent.isolated();
        b = agentB.attach(ServerName.B);
        watcher = agentA.attach().watcher(Map.of(ServerName.B, b.pid()));
        at(Place.B, "ip", "netns", "add", "j");
        // Otherwise IPv6 says a word of its own for each address.
        at(Place.B, "sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        at(Place.J, "sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        at(Place.B, "ip", "link", "add", "lan0", "type", "veth", "peer", "name", "eth0", "netns", "j");
        at(Place.B, "ip", "link", "set", "lan0", "up");
        at(Place.J, "ip", "link", "set", "eth0", "up");
        // Until the kernel's linkwatch has seen the carrier, a device drops what it is given (noop_qdisc).
        await("carrier")
                .until(() -> b.run(Command.at(Place.B, "ip", "link", "show", "dev", "lan0"))
                        .stdout()
                        .contains("state UP"));
    }

    @AfterEach
    void end() {
        // Its file is on a disk that mounts of one's own do not hide.
        b.run(Command.at(Place.B, "ip", "netns", "del", "j"));
        agentA.close();
        agentB.close();
    }

    @Test
    void capturesAndCountsWhatPassesAtAnotherServer() {
        PacketTaps taps = PacketTaps.start(watcher, List.of(NEAR, FAR));
        Map<Place, Counters> before = rest();

        b.inject(List.of(Injection.frame(Place.B, "lan0", FRAME.toArray()))).join();

        Map<Place, Counters> after = rest();
        assertThat(more(before, after, Place.B, "link.lan0.tx_packets")).isOne();
        assertThat(more(before, after, Place.J, "link.eth0.rx_packets")).isOne();
        assertThat(after.get(Place.A).values())
                .containsEntry("link.lo.tx_packets", 0L)
                .doesNotContainKey("link.lan0.tx_packets");
        assertThat(taps.stop(directory))
                .containsEntry(NEAR, new CaptureCount(1, 1, 0))
                .containsEntry(FAR, new CaptureCount(1, 1, 0));
        assertThat(directory.resolve(CaptureSession.fileName(FAR))).isNotEmptyFile();
    }

    /** To carry out a command in a host its agent enters the network namespace of that, and is there for whoever looks by its process id. */
    @Test
    void findsAServerWhoseAgentIsAtAHost() {
        List<CompletableFuture<CommandRecord>> atHost = IntStream.range(0, 2000)
                .mapToObj(i -> b.begin(Command.at(Place.J, "sysctl", "-q", "-w", "net.ipv4.ip_forward=0")))
                .toList();

        for (int i = 0; i < 50; i++) {
            PacketTaps.start(watcher, List.of(NEAR)).stop(directory);
        }

        assertThat(atHost)
                .allSatisfy(command -> assertThat(command.join().exit()).isZero());
    }

    @Test
    void saysWhichPlaceIsOutOfItsSight() {
        assertThatThrownBy(() -> watcher.resting(List.of(Place.ROUTER), Duration.ZERO, Duration.ofSeconds(5), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("place router is on server router, which server a knows nothing of");
    }

    @Test
    void saysWhenAnotherServerHasNoSuchHost() {
        at(Place.B, "ip", "netns", "del", "j");

        assertThatThrownBy(this::rest)
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("no network namespace '" + b.pid() + "/j': No such file or directory");
    }

    private Map<Place, Counters> rest() {
        return watcher.rest(PLACES, Duration.ofMillis(20), Duration.ofSeconds(5), true);
    }

    private static long more(Map<Place, Counters> before, Map<Place, Counters> after, Place place, String counter) {
        return after.get(place).get(counter) - before.get(place).get(counter);
    }

    private void at(Place place, String... argv) {
        b.runOrThrow(Command.at(place, argv));
    }
}
