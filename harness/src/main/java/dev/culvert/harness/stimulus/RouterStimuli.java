package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Icmpv6Message;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.harness.packet.NdOption;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Subnet;
import dev.culvert.topologies.Topology;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;

/** Router discovery through a tunnel (RFC 4861 section 6): B looks for routers on its tunnel device, and A is one. */
public final class RouterStimuli {

    /** B's tunnel device gets its link-local address anew. */
    public static final String SOLICITED = "router-solicited";
    /** A composes encapsulated advertisements of itself. */
    public static final String ADVERTISED = "router-advertised";

    /** Label of the advertisement whose hop limit says that a router has forwarded it; its prefix is {@link #PREFIX_FROM_AFAR}. */
    public static final String FROM_AFAR = "advertised-from-afar";
    /** Label of the advertisement as it should be; its prefix is {@link #PREFIX}. */
    public static final String NEXT_DOOR = "advertised-next-door";

    /** Names under which B's routes are kept: before the second advertisement, and behind it. */
    public static final String ROUTES_BEFORE = "routes-before";

    public static final String ROUTES = "routes";
    /** Name under which the addresses of B's tunnel device are kept, behind both advertisements. */
    public static final String ADDRESSES = "addresses";

    /** Name under which the link-local address of B's tunnel device is kept, before it gets it anew. */
    public static final String LINK_LOCAL = "link-local";

    /** For how many seconds the advertised router is one, and the advertised prefixes are valid. */
    public static final int LIFETIME = 1800;

    public static final Subnet PREFIX = Subnet.parse("2001:db8:2:fff1::/64").orElseThrow();

    public static final Subnet PREFIX_FROM_AFAR =
            Subnet.parse("2001:db8:2:fff2::/64").orElseThrow();

    private static final Inet6Address ALL_NODES = Ipv6.parse("ff02::1").orElseThrow();

    /** On the link, and good for addresses (RFC 4861 section 4.6.2). */
    private static final int L_AND_A = 0xc0;

    private RouterStimuli() {}

    public static List<Stimulus> all() {
        return List.of(
                Stimulus.of(
                                SOLICITED,
                                "B's tunnel device gets its link-local address anew, and looks for routers",
                                RouterStimuli::solicit)
                        .onlyFor(RouterStimuli::discovers),
                Stimulus.of(ADVERTISED, "A advertises itself as a router through the tunnel", RouterStimuli::advertise)
                        .onlyFor(RouterStimuli::discovers));
    }

    /**
     * The link-local address by which A advertises itself. Its last 32 bits are those of A's outer address, and the others are 0: RFC 4213 section
     * 3.7 makes it so over IPv4, and over IPv6 none is prescribed.
     */
    public static Inet6Address advertiser(Topology topology) {
        byte[] outer = topology.a().tunnel().local().getAddress();
        return Ipv6.address(ByteBuffer.allocate(16)
                .put((byte) 0xfe)
                .put((byte) 0x80)
                .put(12, outer, outer.length - 4, 4)
                .array());
    }

    private static boolean discovers(Topology topology) {
        return topology.innerFamily() == Family.IPV6
                && !topology.carriesFrames()
                && Composer.canCompose(topology)
                && !topology.fallback()
                && topology.a().tunnel().hasRemote(topology.kind())
                && topology.udpEncapsulation().isEmpty();
    }

    private static void solicit(Stage stage) {
        String device = stage.topology().b().tunnel().device();
        takeAdvertisements(stage, device);
        set(stage, device, "router_solicitations", "1", "0");
        for (String address : linkLocals(stage, device)) {
            stage.afterwards(Place.B, List.of("ip", "addr", "replace", address, "dev", device));
            stage.run("address-taken", Place.B, List.of("ip", "addr", "del", address, "dev", device));
            stage.run("address-given", Place.B, List.of("ip", "addr", "add", address, "dev", device));
        }
        stage.settle();
    }

    /** Link-local addresses with their prefix lengths; over IPv6 the kernel makes them of random bits (ip6_tnl_dev_setup in net/ipv6/ip6_tunnel.c). */
    private static List<String> linkLocals(Stage stage, String device) {
        return stage.ask(LINK_LOCAL, Place.B, List.of("ip", "-6", "-o", "addr", "show", "dev", device, "scope", "link"))
                .stdout()
                .lines()
                // INDEX: DEVICE inet6 ADDRESS/LENGTH scope link …
                .map(line -> line.trim().split("\\s+", -1)[3])
                .toList();
    }

    private static void advertise(Stage stage) {
        String device = stage.topology().b().tunnel().device();
        Composer composer = Composer.of(stage);
        takeAdvertisements(stage, device);
        forgetAdvertised(stage, device, List.of(PREFIX, PREFIX_FROM_AFAR));
        send(stage, FROM_AFAR, composer.around(inner(stage, PREFIX_FROM_AFAR, 64)));
        routes(stage, ROUTES_BEFORE);
        send(stage, NEXT_DOOR, composer.around(inner(stage, PREFIX, 255)));
        routes(stage, ROUTES);
        stage.run(ADDRESSES, Place.B, List.of("ip", "-6", "-j", "addr", "show", "dev", device));
    }

    /** A server that forwards takes advertisements only where it is told to take them all the same (ipv6_accept_ra in include/net/ipv6.h). */
    static void takeAdvertisements(Stage stage, String device) {
        set(stage, device, "accept_ra", "2", "0");
    }

    /** Has B forget afterwards what advertisements of prefixes told it. */
    static void forgetAdvertised(Stage stage, String device, Collection<Subnet> prefixes) {
        for (Subnet prefix : prefixes) {
            stage.afterwards(Place.B, List.of("ip", "-6", "route", "flush", prefix.toString(), "dev", device));
        }
        stage.afterwards(Place.B, List.of("ip", "-6", "route", "flush", "proto", "ra", "dev", device));
        stage.afterwards(Place.B, List.of("ip", "-6", "addr", "flush", "dev", device, "dynamic"));
    }

    private static void set(Stage stage, String device, String setting, String value, String before) {
        String name = "net.ipv6.conf." + device + "." + setting + "=";
        stage.run("set-" + setting, Place.B, List.of("sysctl", "-q", "-w", name + value));
        stage.afterwards(Place.B, List.of("sysctl", "-q", "-w", name + before));
    }

    /** An advertisement of a default router and of a prefix, both for {@link #LIFETIME}. */
    static Icmpv6Message advertisement(Subnet prefix) {
        // RFC 4861 section 4.6.2: type, length in units of 8 bytes, prefix length, flags, two lifetimes, reserved,
        // prefix
        byte[] option = ByteBuffer.allocate(32)
                .put((byte) NdOption.PREFIX_INFORMATION)
                .put((byte) 4)
                .put((byte) prefix.prefixLength())
                .put((byte) L_AND_A)
                .putInt(LIFETIME)
                .putInt(LIFETIME)
                .putInt(0)
                .put(prefix.network().getAddress())
                .array();
        return Icmpv6Message.routerAdvertisement(0, LIFETIME).with(Bytes.of(option));
    }

    private static IpPacket inner(Stage stage, Subnet prefix, int hopLimit) {
        return IpPacket.between(advertiser(stage.topology()), ALL_NODES)
                .payload(advertisement(prefix))
                .hopLimit(hopLimit);
    }

    private static void send(Stage stage, String label, IpPacket packet) {
        stage.send(label, Place.A, packet.bytes().toArray());
        stage.settle();
    }

    private static void routes(Stage stage, String answer) {
        stage.run(answer, Place.B, List.of("ip", "-6", "-j", "route", "show"));
    }
}
