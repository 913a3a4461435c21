package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.EspSender;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.IpPayload;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Packets for B's tunnel devices of one stimulus, by the encapsulator that B knows and by a {@link Stranger}. */
public final class FromAnywhere {

    /** SPI, sequence number, and as much behind them as the shortest packet has. */
    private static final int ESP_LENGTH = 64;

    private final Stage stage;
    private final Topology topology;
    private final EchoReplies echo = new EchoReplies();
    private int number;

    FromAnywhere(Stage stage) {
        this.stage = stage;
        this.topology = stage.topology();
    }

    /** Whether they can be composed: not where GRE numbers packets, unless in the way that ERSPAN has. */
    public static boolean canCompose(Topology topology) {
        return topology.takesComposed()
                || ErspanMirrorStimuli.isErspan(topology)
                || topology.kind().protectedByEsp();
    }

    /** Sends one from A's end; where packets are numbered by A's device, which must not fall behind. */
    void known(String label) {
        if (ErspanMirrorStimuli.isErspan(topology) && !topology.takesComposed()) {
            stage.send(label, Place.A, inner().bytes().toArray());
        } else {
            send(label, topology.a().tunnel().local());
        }
    }

    /** Sends one from the stranger's address. */
    void stranger(String label) {
        send(label, Stranger.address(topology));
    }

    private void send(String label, InetAddress source) {
        IpPacket packet =
                IpPacket.between(source, topology.b().tunnel().local()).payload(payload());
        stage.send(label, Place.A, packet.bytes().toArray());
    }

    private IpPayload payload() {
        if (topology.kind().protectedByEsp()) {
            return withoutState();
        }
        return topology.takesComposed()
                ? Encapsulated.by(topology, inner())
                : ErspanStimuli.numbered(topology, inner(), ++number);
    }

    /** What is ESP by its protocol number alone: nobody has a state for its SPI. */
    private IpPayload withoutState() {
        long spi = EspStimuli.nobodys(Objects.requireNonNull(topology.esp()));
        ByteBuffer esp = ByteBuffer.allocate(ESP_LENGTH).putInt((int) spi).putInt(++number);
        return IpPayload.of(EspSender.PROTOCOL, Bytes.of(esp.array()));
    }

    private IpPacket inner() {
        return echo.next(
                topology.a().tunnel().address().address(),
                topology.b().tunnel().address().address());
    }
}
