package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packets from place a to place h, which a veth pair joins, as between a server and the LAN host behind it. */
class AgentPacketsTest {

    private static final CapturePoint NEAR = CapturePoint.parse("a.lan0");
    private static final String RECEIVED = "link.eth0.rx_packets";
    private static final CapturePoint FAR = CapturePoint.parse("h.eth0");

    /** To 02:00:00:00:00:02 from 02:00:00:00:00:01, EtherType 0x88b5 (for experiments), 46 bytes of payload. */
    private static final Bytes FRAME = Bytes.parse("020000000002 020000000001 88b5" + "c7".repeat(46));

    /** IPv4, TTL 9, protocol 253 (for experiments), from 198.18.0.1 to 198.18.0.2, identification 0x1234, no payload. */
    private static final Bytes PACKET = Bytes.parse("45000014 12340000 09fd0000 c6120001 c6120002");

    private static final Duration PAUSE = Duration.ofMillis(30);

    private final LocalAgent agent;
    private final Server server;
    private final Watcher watcher;

    @TempDir
    private Path directory;

    AgentPacketsTest() throws InterruptedException {
        agent = LocalAgent.isolated();
        server = agent.attach();
        watcher = server.watcher(Map.of());
    }

    @BeforeEach
    void join() {
        at(Place.A, "mount", "-t", "tmpfs", "tmpfs", "/run");
        at(Place.A, "ip", "netns", "add", "h");
        at(Place.A, "ip", "link", "add", "lan0", "type", "veth", "peer", "name", "eth0", "netns", "h");
        at(Place.A, "sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
        at(Place.H, "sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1");
        at(Place.A, "ip", "link", "set", "lan0", "up");
        at(Place.H, "ip", "link", "set", "eth0", "up");
        // Until the kernel's linkwatch has seen the carrier, a device drops what it is given (noop_qdisc).
        await("carrier")
                .until(() -> server.run(Command.at(Place.A, "ip", "link", "show", "dev", "lan0"))
                        .stdout()
                        .contains("state UP"));
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void capturesEveryInjectedFrameAtBothEnds() throws Exception {
        PacketTaps captures = PacketTaps.start(watcher, List.of(NEAR, FAR));
        Injection frame = Injection.frame(Place.A, "lan0", FRAME.toArray());

        List<Injected> injected = server.inject(List.of(frame, frame.after(Duration.ofMillis(20)), frame))
                .join();
        arrived(3);
        Map<CapturePoint, CaptureCount> counts = captures.stop(directory);

        assertThat(counts).containsEntry(NEAR, new CaptureCount(3, 3, 0)).containsEntry(FAR, new CaptureCount(3, 3, 0));
        List<CapturedPacket> near = packets(NEAR);
        assertThat(near).extracting(CapturedPacket::bytes).containsOnly(FRAME);
        assertThat(packets(FAR)).extracting(CapturedPacket::bytes).containsExactly(FRAME, FRAME, FRAME);
        for (int i = 0; i < 3; i++) {
            assertThat(injected.get(i).error()).isNull();
            assertThat(injected.get(i).atNanos())
                    .isBetween(near.get(i).timestampNanos(), near.get(i).timestampNanos() + 1_000_000_000L);
        }
        assertThat(near.get(1).timestampNanos() - near.get(0).timestampNanos()).isGreaterThan(20_000_000L);
    }

    @Test
    void capturesInBulkOnlyTheBeginningOfPackets() throws Exception {
        CaptureSession captures = CaptureSession.start(place -> server, List.of(FAR), CaptureMode.BULK);
        Bytes large = Bytes.join(FRAME, Bytes.of(new byte[1000]));

        server.inject(List.of(Injection.frame(Place.A, "lan0", large.toArray())))
                .join();
        arrived(1);
        Map<CapturePoint, CaptureCount> counts = captures.stop(directory);

        assertThat(counts).containsEntry(FAR, new CaptureCount(1, 1, 0));
        assertThat(packets(FAR)).singleElement().satisfies(packet -> {
            assertThat(packet.originalLength()).isEqualTo(1060);
            assertThat(packet.bytes()).isEqualTo(large.slice(0, 128));
        });
    }

    @Test
    void givesAnIpPacketToTheRoutingOfItsPlace() throws Exception {
        at(Place.A, "ip", "addr", "add", "198.18.0.1/24", "dev", "lan0");
        at(Place.A, "ip", "neigh", "add", "198.18.0.2", "lladdr", "02:00:00:00:00:02", "dev", "lan0");
        PacketTaps captures = PacketTaps.start(watcher, List.of(FAR));

        List<Injected> injected = server.inject(List.of(Injection.ipv4(Place.A, PACKET.toArray())))
                .join();
        arrived(1);
        captures.stop(directory);

        assertThat(injected).singleElement().extracting(Injected::error).isNull();
        // The kernel filled in the header checksum, the complement of the words' sum 0xed6d, and changed nothing else.
        assertThat(packets(FAR))
                .singleElement()
                .satisfies(packet -> assertThat(packet.bytes().from(14)).isEqualTo(PACKET.with16(10, 0x1292)));
    }

    @Test
    void tellsWhyTheKernelRefusedAPacket() {
        List<Injection> batch = List.of(
                Injection.ipv4(Place.A, PACKET.toArray()),
                Injection.frame(Place.A, "nosuch0", FRAME.toArray()),
                Injection.frame(Place.A, "lan0", new byte[4000]));

        List<Injected> injected = server.inject(batch).join();

        assertThat(injected)
                .extracting(Injected::error)
                .containsExactly("Network is unreachable", "no device 'nosuch0': No such device", "Message too long");
    }

    @Test
    void readsTheCountersOfBothPlaces() {
        Counters before = counters(Place.H);

        server.inject(List.of(Injection.frame(Place.A, "lan0", FRAME.toArray())))
                .join();
        Counters after = arrived(before.get(RECEIVED) + 1);

        assertThat(after.get(RECEIVED) - before.get(RECEIVED)).isEqualTo(1);
        assertThat(after.get("link.eth0.rx_bytes") - before.get("link.eth0.rx_bytes"))
                .isEqualTo(FRAME.length());
        assertThat(after.atNanos()).isGreaterThan(before.atNanos());
        assertThat(after.values())
                .containsKeys(
                        "link.lo.tx_errors",
                        "snmp.Ip.InHdrErrors",
                        "snmp6.Ip6InHdrErrors",
                        "netstat.IpExt.InCsumErrors")
                .doesNotContainKey("link.lan0.rx_packets");
    }

    @Test
    void countersThatAreToldByTheirChangesAreThoseOfTheKernel() {
        // Given one reading that is told whole, and a packet
        Counters before = counters(Place.H);
        server.inject(List.of(Injection.frame(Place.A, "lan0", FRAME.toArray())))
                .join();

        Counters after = arrived(before.get(RECEIVED) + 1);

        assertThat(after.values().keySet()).isEqualTo(before.values().keySet());
        server.runOrThrow(Command.at(Place.H, "cat", "/proc/net/snmp6"))
                .stdout()
                .lines()
                .map(line -> line.split("\\s+"))
                .filter(counter -> after.values().containsKey("snmp6." + counter[0]))
                .forEach(counter -> assertThat(after.get("snmp6." + counter[0]))
                        .as(counter[0])
                        .isEqualTo(Long.parseLong(counter[1])));
    }

    /** It is read again only when something of IPv4 has moved. */
    @Test
    void countsWhatIsBesideTheCountersOfIpToo() {
        at(Place.A, "ip", "link", "set", "lo", "up");
        Counters before = counters(Place.A);
        assertThat(counters(Place.A).values()).isEqualTo(before.values());

        at(
                Place.A,
                "perl",
                "-MSocket",
                "-e",
                "socket my $s, PF_INET, SOCK_DGRAM, 0; send $s, 'x', 0, pack_sockaddr_in(9, INADDR_LOOPBACK)");
        Counters after = counters(Place.A);

        // The datagram, and the error that says that nobody listens there
        assertThat(after.get("netstat.IpExt.InNoECTPkts") - before.get("netstat.IpExt.InNoECTPkts"))
                .isEqualTo(2);
        assertThat(after.get("snmp.Ip.InReceives") - before.get("snmp.Ip.InReceives"))
                .isEqualTo(2);
    }

    @Test
    void countsForTheLinksThatAreThere() {
        String added = "link.new0.rx_packets";
        assertThat(counters(Place.H).values()).doesNotContainKey(added);

        at(Place.H, "ip", "link", "add", "new0", "type", "veth", "peer", "name", "new1");
        assertThat(counters(Place.H).values()).containsEntry(added, 0L);

        at(Place.H, "ip", "link", "del", "new0");
        assertThat(counters(Place.H).values()).doesNotContainKey(added).containsKey(RECEIVED);
    }

    @Test
    void isAtRestOnlyWhenNoPacketPasses() {
        // Given packets that pass every millisecond
        at(Place.A, "ip", "link", "set", "lo", "up");
        String program = "use Socket; socket my $s, PF_INET, SOCK_DGRAM, 0; $| = 1; for (1..600) { "
                + "send $s, 'x', 0, pack_sockaddr_in(9, INADDR_LOOPBACK); print '.'; select undef, undef, undef, 0.001 }";
        server.spawn("sender", Command.at(Place.A, "perl", "-e", program), ".").join();

        // When its rest is waited for, for less than that takes, and for longer
        CompletableFuture<Map<Place, Counters>> hasty = resting(Duration.ofMillis(200));
        CompletableFuture<Map<Place, Counters>> patient = resting(Duration.ofSeconds(20));

        // Then there is none as long as they pass
        assertThatThrownBy(hasty::join)
                .hasCauseInstanceOf(RequestRefused.class)
                .hasMessageContaining("packets passed for 200 ms");
        assertThat(patient.join()).isEmpty();
    }

    @Test
    void isNotAtRestBeforeThePauseIsOver() {
        long begin = System.nanoTime();

        resting(Duration.ofSeconds(20)).join();

        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(PAUSE.toNanos());
    }

    private CompletableFuture<Map<Place, Counters>> resting(Duration patience) {
        return watcher.resting(List.of(Place.A), PAUSE, patience, false);
    }

    @Test
    void aCaptureOfAMissingDeviceSaysSo() {
        List<CapturePoint> points = List.of(CapturePoint.parse("h.nosuch0"));

        assertThatThrownBy(() -> PacketTaps.start(watcher, points))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("nosuch0")
                .hasMessageContaining("No such device");
    }

    @Test
    void aCaptureWhoseDeviceVanishedHasNoKnownCount() {
        PacketTaps captures = PacketTaps.start(watcher, List.of(FAR));
        at(Place.H, "ip", "link", "del", "eth0");

        Map<CapturePoint, CaptureCount> counts = captures.stop(directory);

        assertThat(counts).containsEntry(FAR, CaptureCount.UNKNOWN);
    }

    /** Waits until place h has taken so many packets: the far end of a veth pair takes them in a softirq of its own. */
    private Counters arrived(long packets) {
        await(packets + " packets at place h").until(() -> counters(Place.H).get(RECEIVED), count -> count >= packets);
        return counters(Place.H);
    }

    private Counters counters(Place place) {
        return watcher.rest(List.of(Place.A, place), Duration.ofMillis(1), Duration.ofSeconds(5), true)
                .get(place);
    }

    private List<CapturedPacket> packets(CapturePoint point) throws Exception {
        return PcapFile.readAll(directory.resolve(CaptureSession.fileName(point)));
    }

    private void at(Place place, String... argv) {
        server.runOrThrow(Command.at(place, argv));
    }
}
