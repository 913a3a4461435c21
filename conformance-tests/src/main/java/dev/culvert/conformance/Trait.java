package dev.culvert.conformance;

import dev.culvert.harness.stimulus.FromAnywhere;
import dev.culvert.topologies.EspSuite;
import dev.culvert.topologies.GeneveTunnelOption;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.UdpEncapsulation;
import dev.culvert.topologies.UdpEncapsulation.Header;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a topology must have for a requirement to say anything of it. */
public enum Trait {
    /** A host behind each server. */
    LAN("a LAN host behind each server", t -> t.a().lan() != null && t.b().lan() != null),
    /** A multicast group that both ends send to. */
    TO_GROUP("tunnel.group", Topology::toGroup),
    /** Both servers on one link. */
    ONE_LINK("both servers on one link", t -> t.router() == null),
    /** Addresses on the tunnel devices themselves, and routes to what is behind them. */
    ROUTED("servers that route into the tunnel", t -> !t.bridged()),
    /** Tunnel devices that can have a route to the tunnel's other end. */
    ROUTABLE_INTO_ITSELF("a tunnel device with the IP that is between the servers", Topology::routableIntoItself),
    /** Bridges that join the tunnel with the LANs. */
    BRIDGED("bridges that join the tunnel with the LANs", Topology::bridged),
    /** Whole Ethernet frames inside the tunnel. */
    FRAMES("frames inside the tunnel", Topology::carriesFrames),
    /** Packets inside the tunnel without a frame around them. */
    BARE_PACKETS("packets without frames inside the tunnel", t -> !t.carriesFrames()),
    /** A router between the servers. */
    ROUTER("a router between the servers", t -> t.router() != null),
    /** A router whose link to B cannot carry every packet that A's tunnel device takes, once it is encapsulated. */
    NARROW_PATH(
            "a router whose link to B carries less than A's tunnel device takes",
            t -> t.router() != null
                    && t.tunnelMtu(Place.A) + t.overhead()
                            > t.router().towardsB().mtu()),
    /** As {@link #NARROW_PATH}, but with room for the 1280 bytes that IPv6 asks of every link (RFC 8200 section 5). */
    ROOM_FOR_IPV6(
            "a path on which 1280 bytes fit within the tunnel",
            t -> t.router() == null || t.longestWithin(t.router().towardsB().mtu()) >= 1280),
    /** A path on which the 1280 bytes that IPv6 asks of every link do not fit within the tunnel. */
    TOO_NARROW_FOR_IPV6(
            "a path on which 1280 bytes do not fit within the tunnel",
            t -> t.router() != null && t.longestWithin(t.router().towardsB().mtu()) < 1280),
    /** Labels pushed on the traffic to the far LAN. */
    MPLS("MPLS labels on the traffic to the far LAN", t -> t.mpls() != null),
    /** No MPLS, the tunnel carries IP. */
    IP_PAYLOAD("IP packets inside the tunnel", t -> t.mpls() == null),
    /** A tunnel device with this remote on both servers. */
    MATCHING_DEVICE("a tunnel device of its own on both servers", t -> !t.fallback()),
    /** Devices without ends of their own, whose outer header routes say. */
    EXTERNAL("external", Topology::external),
    /** Devices, or routes to them, that can be told to take the traffic class of the inner packet. */
    INHERITS_CLASS("tos or tclass that can be inherit", Trait::inheritsClass),
    /** Devices that have ends of their own. */
    OWN_ENDS("a tunnel device with a remote", t -> t.a().tunnel().hasRemote(t.kind())),
    /** Devices that take the outer destination out of the inner one. */
    SIX_RD("6rd-prefix", t -> t.kind().sixRd(t.a().tunnel().options()).isPresent()),
    /** Devices that take the outer destination out of the address of the next hop, and look at the inner source. */
    ISATAP("isatap at both ends", Trait::isatap),
    /** Nobody on the list of potential routers of B's ISATAP interface. */
    NO_ROUTERS(
            "no potential-routers of b", t -> t.b().tunnel().potentialRouters().isEmpty()),
    /** A on that list. */
    ROUTER_LISTED("a among the potential-routers of b", Trait::routerListed),
    /** A on that list, which is shown: print_tunnel in iproute2's ip/iptunnel.c shows that of a device of this mode alone. */
    ROUTER_SHOWN(
            "a among the potential-routers of b, and mode: ip6ip there",
            t -> routerListed(t)
                    && "ip6ip".equals(t.b().tunnel().options().asWords().get("mode"))),
    /** A on that list, with a network behind it. */
    ROUTER_WITH_LAN(
            "a LAN host behind a, and a among the potential-routers of b", t -> t.a().lan() != null && routerListed(t)),
    /** Options in the Geneve header of every packet. */
    GENEVE_OPTIONS(
            "geneve_opts", t -> !GeneveTunnelOption.of(t.a().tunnel().options()).isEmpty()),
    /** One among them that is critical. */
    CRITICAL_GENEVE_OPTION(
            "geneve_opts with a type of 0x80 or more",
            t -> GeneveTunnelOption.of(t.a().tunnel().options()).stream().anyMatch(GeneveTunnelOption::critical)),
    /** Packets that somebody else than A's device has made come out at B. */
    COMPOSED("a tunnel whose packets have no sequence numbers", Topology::takesComposed),
    /** As {@link #COMPOSED}, or by A's keys. */
    COMPOSED_OR_PROTECTED(
            "a tunnel whose packets have no sequence numbers, or esp", t -> t.takesComposed() || t.esp() != null),
    /** Packets that somebody whom B does not know can compose, and each of B's devices takes. */
    STRANGERS("packets that a stranger can compose", FromAnywhere::canCompose),
    /** The tunnel header is as short as the kind's can be. */
    BARE_HEADER(
            "a tunnel header without optional fields",
            t -> t.overhead() == t.kind().overhead(t.outerFamily(), Options.none(t.kind()))),
    /** Packets that keep their own DSCP when they come out at B. */
    OWN_DSCP("a tunnel end of B without dscp", t -> !takesDscp(t)),
    /** Packets that get the DSCP of the outer header when they come out at B. */
    OUTER_DSCP("dscp: inherit", Trait::takesDscp),
    /** Outer packets whose way is looked up with a mark. */
    ROUTE_MARK("a fwmark that is a number", t -> !Set.of("0", "inherit").contains(mark(t))),
    /** Outer packets whose way is looked up with the mark of the inner ones. */
    INHERITED_MARK("fwmark: inherit", t -> mark(t).equals("inherit")),
    /** Devices that may send to an address of their own server. */
    LOCAL_REMOTE("allow-localremote", t -> has(t, "allow-localremote")),
    /** ESP with AES-GCM. */
    AES_GCM("aes-gcm", t -> t.esp() != null && t.esp().suite() == EspSuite.AES_GCM),
    /** ESP within UDP. */
    ESP_IN_UDP("esp.udp-port", Topology::espInUdp),
    /** What the kind makes is right behind the outer header. */
    NOT_IN_UDP("a tunnel that is not within UDP", t -> t.udpEncapsulation().isEmpty()),
    /** What the kind makes is within UDP, with FOU or GUE. */
    IN_UDP("encap", t -> t.udpEncapsulation().isPresent()),
    /** What the kind makes is right behind a UDP header. */
    FOU("encap: fou", t -> puts(t, Header.FOU)),
    /** What the kind makes is behind a UDP header and GUE's. */
    GUE("encap: gue", t -> puts(t, Header.GUE)),
    /** A limit to the tunnels that a packet may enter, in destination options of the outer header. */
    ENCAPSULATION_LIMIT(
            "an encaplimit",
            t -> !t.external()
                    && !"none".equals(t.a().tunnel().options().asWords().getOrDefault("encaplimit", "none"))),
    /** A checksum that is left open is left to the far end. */
    REMOTE_CHECKSUM(
            "encap-remcsum",
            t -> t.udpEncapsulation().filter(UdpEncapsulation::remoteChecksum).isPresent()),
    /** A GRE header with a checksum. */
    GRE_CHECKSUM("csum", t -> has(t, "csum")),
    /** A GRE header with a key. */
    GRE_KEY("a key", t -> t.a().tunnel().options().given().keySet().stream().anyMatch(o -> o.endsWith("key"))),
    /** A GRE header with a sequence number, which both ends look at. */
    GRE_SEQUENCE("seq", t -> has(t, "seq")),
    /** ERSPAN of type I. */
    ERSPAN_I("erspan_ver 0", t -> ErspanOptions.version(t) == 0),
    /** ERSPAN of type II. */
    ERSPAN_II("erspan_ver 1", t -> ErspanOptions.version(t) == 1),
    /** ERSPAN of type III. */
    ERSPAN_III("erspan_ver 2", t -> ErspanOptions.version(t) == 2),
    /** ERSPAN with a header of its own, and a sequence number in GRE's. */
    ERSPAN_NUMBERED("erspan_ver 1 or 2", t -> ErspanOptions.version(t) > 0),
    /** The kind's fallback device takes what A's device sends. */
    FALLBACK_TAKES(
            "packets that the fallback device takes",
            t -> t.kind().fallbackTakes(t.a().tunnel().options())),
    /** Server B receives on the kind's fallback device. */
    FALLBACK("the fallback device as the tunnel end of B", Topology::fallback);

    private final String words;

    @SuppressWarnings("ImmutableEnumChecker") // the predicates given above hold no state
    private final Predicate<Topology> holds;

    Trait(String words, Predicate<Topology> holds) {
        this.words = words;
        this.holds = holds;
    }

    private static String mark(Topology topology) {
        return topology.a().tunnel().options().asWords().getOrDefault("fwmark", "0");
    }

    private static boolean takesDscp(Topology topology) {
        return topology.kind().takesDscp(topology.b().tunnel().options());
    }

    private static boolean isatap(Topology topology) {
        return topology.kind().isatap(topology.a().tunnel().options())
                && topology.kind().isatap(topology.b().tunnel().options());
    }

    private static boolean routerListed(Topology topology) {
        return topology.b()
                .tunnel()
                .potentialRouters()
                .contains(topology.a().tunnel().local());
    }

    private static boolean inheritsClass(Topology topology) {
        Options given = topology.a().tunnel().options();
        String option = topology.kind().option("tclass").isPresent() ? "tclass" : "tos";
        Map<String, String> inheriting = new LinkedHashMap<>(given.given());
        inheriting.put(option, "inherit");
        return topology.kind().option(option).isPresent()
                && !topology.kind()
                        .conflicts(Options.of(topology.kind(), inheriting))
                        .containsKey(option);
    }

    private static boolean has(Topology topology, String flag) {
        return "true".equals(topology.a().tunnel().options().given().get(flag));
    }

    private static boolean puts(Topology topology, Header header) {
        return topology.udpEncapsulation().filter(e -> e.header() == header).isPresent();
    }

    /** What is needed, for people. */
    public String words() {
        return words;
    }

    /** Says whether a topology has it. */
    public boolean of(Topology topology) {
        return holds.test(topology);
    }
}
