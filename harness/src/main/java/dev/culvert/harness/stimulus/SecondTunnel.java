package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Ipv4;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.TunnelEnd;
import java.util.List;

/** A GRE tunnel of server A to the exit that the topology's tunnel has, which lives as long as a stimulus. */
public final class SecondTunnel {

    /** The answer of the command that makes it, which fails on a kernel without the driver. */
    public static final String MADE = "second-tunnel";
    /** A packet that the path carries in the second tunnel. */
    public static final String FITTING = "second-tunnel-fitting";
    /** A packet that is one byte longer. */
    public static final String TOO_LONG = "second-tunnel-too-long";
    /** The outer header, and GRE without key and checksum (RFC 2784 section 2). */
    private static final int OVERHEAD = 24;

    private static final String DEVICE = "second0";
    // 192.0.2.0/24 is for documentation (RFC 5737), and no topology of ours uses it.
    private static final Subnet INNER = new Subnet(Ipv4.address(0xc0000200), 30);

    private final Stage stage;

    SecondTunnel(Stage stage) {
        this.stage = stage;
    }

    /** Makes it and sends two packets with DF set that are as long as a path of that MTU carries, and one byte longer. */
    void use(int path, EchoRequests echo) {
        TunnelEnd first = stage.topology().a().tunnel();
        List<String> make = List.of(
                "ip",
                "link",
                "add",
                DEVICE,
                "up",
                "type",
                "gre",
                "local",
                IpAddress.text(first.local()),
                "remote",
                IpAddress.text(first.remote()));
        if (stage.ask(MADE, Place.A, make).exit() != 0) {
            return;
        }
        stage.afterwards(Place.A, List.of("ip", "link", "del", DEVICE));
        String near = INNER.host(1).toString();
        stage.run("second-tunnel-address", Place.A, List.of("ip", "addr", "add", near, "dev", DEVICE));
        // In this order: once a packet has passed the device, the inner route knows what fits and refuses the longer
        // one.
        send(TOO_LONG, echo, path - OVERHEAD + 1);
        send(FITTING, echo, path - OVERHEAD);
    }

    private void send(String label, EchoRequests echo, int length) {
        Ipv4Packet packet = echo.ofLength(
                        length, INNER.host(1).ipv4(), INNER.host(2).ipv4())
                .dontFragment();
        stage.send(label, Place.A, packet.bytes().toArray());
    }
}
