package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Captures of the agent itself between two places of this machine, in namespaces of their own. */
class PacketTapsTest {

    private static final CapturePoint NEAR = CapturePoint.parse("a.lan0");
    private static final CapturePoint FAR = CapturePoint.parse("h.eth0");

    /** To a multicast address from a station's, of the EtherType for experiments (IEEE 802, 0x88b5). */
    private static final Bytes ADDRESSES = Bytes.parse("01005e000001 02000000002a");

    private static final Bytes REST = Bytes.parse("88b5 0102030405060708090a0b0c0d0e0f10");

    private LocalAgent agent;
    private Server server;
    private Watcher watcher;

    @TempDir
    private Path directory;

    @BeforeEach
    void connect() throws Exception {
        agent = LocalAgent.isolated();
        server = agent.attach();
        watcher = server.watcher(Map.of());
        // Otherwise IPv6 says a word of its own for each address.
        List<String> quiet = List.of("sysctl", "-q", "-w", "net.ipv6.conf.default.disable_ipv6=1");
        run("ip netns add h");
        server.runOrThrow(Command.at(Place.A, quiet));
        server.runOrThrow(Command.at(Place.H, quiet));
        run("ip link add lan0 address 02:00:00:00:00:2a type veth peer name eth0 netns h");
        run("ip link set lan0 up");
        assertThat(server.run(Command.at(Place.H, "ip", "link", "set", "eth0", "up"))
                        .exit())
                .isZero();
        awaitCarrier();
    }

    @AfterEach
    void end() {
        run("ip netns del h");
        agent.close();
    }

    /** The kernel takes a tag off a frame and tells it beside: PACKET_AUXDATA in packet(7). */
    @Test
    void aVlanTagIsWhereItWas() throws Exception {
        Bytes tagged = Bytes.join(ADDRESSES, Bytes.parse("8100 a064"), REST);
        Bytes provider = Bytes.join(ADDRESSES, Bytes.parse("88a8 0007 8100 a064"), REST);
        PacketTaps taps = PacketTaps.start(watcher, List.of(NEAR, FAR));

        inject(tagged);
        inject(provider);
        inject(Bytes.join(ADDRESSES, REST));

        assertThat(taps.stop(directory)).containsEntry(FAR, new CaptureCount(3, 3, 0));
        assertThat(packets(FAR))
                .extracting(CapturedPacket::bytes)
                .containsExactly(tagged, provider, Bytes.join(ADDRESSES, REST));
        assertThat(packets(NEAR))
                .extracting(CapturedPacket::bytes)
                .containsExactly(tagged, provider, Bytes.join(ADDRESSES, REST));
        assertThat(packets(FAR)).allSatisfy(packet -> {
            assertThat(packet.originalLength()).isEqualTo(packet.bytes().length());
            assertThat(packet.linkType()).isEqualTo(LinkType.ETHERNET);
        });
    }

    @Test
    void aLongPacketIsCutAndItsLengthKept() throws Exception {
        run("ip link set lan0 mtu 12000");
        server.runOrThrow(Command.at(Place.H, "ip", "link", "set", "eth0", "mtu", "12000"));
        Bytes frame = Bytes.join(ADDRESSES, REST, Bytes.of(new byte[11_000]));
        PacketTaps taps = PacketTaps.start(watcher, List.of(FAR));

        inject(frame);

        taps.stop(directory);
        assertThat(packets(FAR)).singleElement().satisfies(packet -> {
            assertThat(packet.originalLength()).isEqualTo(frame.length());
            assertThat(packet.bytes()).isEqualTo(frame.slice(0, 9216));
        });
    }

    @Test
    void aDeviceThatGoesDownAndUpIsCapturedOn() throws Exception {
        PacketTaps taps = PacketTaps.start(watcher, List.of(FAR));
        inject(Bytes.join(ADDRESSES, REST));
        server.runOrThrow(Command.at(Place.H, "ip", "link", "set", "eth0", "down"));
        server.runOrThrow(Command.at(Place.H, "ip", "link", "set", "eth0", "up"));
        awaitCarrier();
        inject(Bytes.join(ADDRESSES, REST));

        assertThat(taps.stop(directory)).containsEntry(FAR, new CaptureCount(2, 2, 0));
        assertThat(packets(FAR)).hasSize(2);
    }

    @Test
    void aNewOneAtTheSamePointBeginsAnew() throws Exception {
        PacketTaps first = PacketTaps.start(watcher, List.of(FAR));
        inject(Bytes.join(ADDRESSES, REST));
        first.stop(directory);

        PacketTaps.start(watcher, List.of(FAR)).stop(directory);

        assertThat(packets(FAR)).isEmpty();
    }

    /** Until the kernel's linkwatch has seen the carrier, a device drops what it is given (noop_qdisc). */
    private void awaitCarrier() {
        await("carrier")
                .until(() -> server.run(Command.at(Place.A, "ip", "link", "show", "dev", "lan0"))
                        .stdout()
                        .contains("state UP"));
    }

    private void inject(Bytes frame) {
        assertThat(server.inject(List.of(Injection.frame(Place.A, "lan0", frame.toArray())))
                        .join())
                .allSatisfy(injected -> assertThat(injected.error()).isNull());
        watcher.rest(List.of(Place.A, Place.H), Duration.ofMillis(20), Duration.ofSeconds(5), false);
    }

    private List<CapturedPacket> packets(CapturePoint point) throws Exception {
        return PcapFile.readAll(directory.resolve(CaptureSession.fileName(point)));
    }

    private void run(String words) {
        server.runOrThrow(Command.at(Place.A, Stream.of(words.split(" ", -1)).toList()));
    }
}
