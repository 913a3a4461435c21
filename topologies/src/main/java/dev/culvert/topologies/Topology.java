package dev.culvert.topologies;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two servers and the tunnel between them, resolved: nothing is left to be guessed by who reads it.
 *
 * @param name the name by which it is asked for; letters, digits and hyphens
 * @param title what it is, in one line
 * @param description what it is there for; may be empty
 * @param source the text of the file it was read from
 * @param router the router between A and B, or null when both are on one link
 * @param mpls the labels on the traffic to the far LAN, or null when the tunnel carries plain IP
 * @param esp what protects the packets of a kind that IPsec protects; null for the others
 */
public record Topology(
        String name,
        String title,
        String description,
        String source,
        List<String> tags,
        Kind kind,
        Endpoint a,
        Endpoint b,
        @Nullable Router router,
        @Nullable Mpls mpls,
        @Nullable Esp esp,
        Throughput throughput) {

    public Topology {
        tags = List.copyOf(tags);
    }

    /** The endpoint at a place; throws {@link IllegalArgumentException} for a place that ends no tunnel. */
    public Endpoint endpoint(Place place) {
        return switch (place) {
            case A -> a;
            case B -> b;
            default -> throw new IllegalArgumentException(place.id() + " does not end the tunnel");
        };
    }

    /** The endpoint on the other side of a server, or of the server that a LAN host is behind. */
    public Endpoint far(Place place) {
        return place.server() == ServerName.A ? b : a;
    }

    /** Whether B has no device of its own for this tunnel, so that the kind's fallback device takes it. */
    public boolean fallback() {
        return isFallback(b.tunnel());
    }

    /** Whether a tunnel end is the kind's fallback device. */
    public boolean isFallback(TunnelEnd end) {
        return end.device().equals(kind.fallbackDevice());
    }

    /** Whether A's device is in external mode, so that its routes give every packet its outer header. */
    public boolean external() {
        return a.tunnel().external();
    }

    /** The MTU of the tunnel device of A or B in bytes: as configured, or what the kernel chooses. */
    public int tunnelMtu(Place place) {
        Endpoint endpoint = endpoint(place);
        Integer configured = endpoint.tunnel().mtu();
        if (configured != null) {
            return configured;
        }
        return isFallback(endpoint.tunnel())
                ? kind.fallbackMtu()
                : kind.defaultMtu(
                        outerFamily(),
                        endpoint.underlay().mtu(),
                        endpoint.tunnel().options());
    }

    /** Whether both ends let IP through that has no labels; otherwise what is labelled is all that crosses the tunnel. */
    public boolean carriesUnlabelled() {
        return Stream.of(a, b)
                .allMatch(end -> kind.carriesUnlabelled(end.tunnel().options()));
    }

    /** The family of IP between the servers. */
    public Family outerFamily() {
        return a.underlay().address().family();
    }

    /** The family of IP inside the tunnel and behind the servers. */
    public Family innerFamily() {
        return a.tunnel().address().family();
    }

    /** Whether there is any IPv6 in it. */
    public boolean usesIpv6() {
        return outerFamily() == Family.IPV6 || innerFamily() == Family.IPV6;
    }

    /** Whether the tunnel device can have a route to the other end of the tunnel: not where IPv6 is off on it because IPv4 is inside. */
    public boolean routableIntoItself() {
        return !toGroup() && (outerFamily() == Family.IPV4 || innerFamily() == Family.IPV6);
    }

    /** Whether both ends send to a multicast group that both are in, instead of to each other. */
    public boolean toGroup() {
        return a.tunnel().remote().isMulticastAddress();
    }

    /** Bytes that A's end of the tunnel puts before each inner packet, the outer IP header included. */
    public int overhead() {
        return kind.overhead(outerFamily(), a.tunnel().options());
    }

    /** The protocol number of the outer header of what A sends; throws {@link IllegalArgumentException} for what the kind does not carry. */
    public int outerProtocol(Carried carried) {
        int protocol = kind.outerProtocol(a.tunnel().options(), carried);
        if (udpEncapsulation().isPresent()) {
            return kind.protocolOfUdp(a.tunnel().options());
        }
        return espInUdp() ? UdpEncapsulation.PROTOCOL : protocol;
    }

    /** Whether ESP protects it and is itself within UDP (RFC 3948). */
    public boolean espInUdp() {
        return esp != null && esp.udpPort() != null;
    }

    /** How A's end puts its packets into UDP; empty where it does not. */
    public Optional<UdpEncapsulation> udpEncapsulation() {
        return UdpEncapsulation.of(a.tunnel().options());
    }

    /** Where a server takes packets out of UDP: where the other one sends them. Empty where that one puts none into UDP. */
    public Optional<UdpListener> udpListener(Place place) {
        Options far = far(place).tunnel().options();
        Carried carried = carriedAs(kind.carriesUnlabelled(far) ? innerFamily().carried() : Carried.MPLS);
        return UdpEncapsulation.of(far)
                .map(sent -> new UdpListener(
                        outerFamily(), sent.destinationPort(), sent.header(), kind.outerProtocol(far, carried)));
    }

    /** Whether whole Ethernet frames are carried, and packets only within them. */
    public boolean carriesFrames() {
        return kind.carriesFrames(a.tunnel().options());
    }

    /** The length in bytes of the header of the frame that a packet travels in; 0 where packets are carried bare. */
    public int frameHeader() {
        return carriesFrames() ? 14 : 0;
    }

    /** What a packet is to the tunnel: itself, or a frame where only frames are carried. */
    public Carried carriedAs(Carried packet) {
        return carriesFrames() ? Carried.ETHERNET : packet;
    }

    /** The longest inner packet that, from A's end on, takes no more than that many bytes. */
    public int longestWithin(int bytes) {
        int behind = bytes - overhead();
        return esp == null ? behind : esp.longestWithin(behind);
    }

    /** Whether it is its kind's plain topology, which is called like the kind. */
    public boolean isPlain() {
        return name.equals(kind.name());
    }

    /** Whether the servers join the tunnel with their LANs to one segment, instead of routing between them. */
    public boolean bridged() {
        return a.bridge() != null;
    }

    /** Whether B's end takes packets that A's device has not made: not where packets are numbered. */
    public boolean takesComposed() {
        return !kind.numbersPackets(b.tunnel().options());
    }

    /** The servers that it consists of. */
    public List<ServerName> servers() {
        return router == null
                ? List.of(ServerName.A, ServerName.B)
                : List.of(ServerName.A, ServerName.B, ServerName.ROUTER);
    }

    /** Every place that it consists of: the servers, then the LAN hosts. */
    public List<Place> places() {
        List<Place> places = new ArrayList<>();
        servers().forEach(server -> places.add(server.place()));
        for (Endpoint endpoint : List.of(a, b)) {
            if (endpoint.lan() != null) {
                places.add(endpoint.lan().host().place());
            }
        }
        return List.copyOf(places);
    }

    /** The links between servers. */
    public List<Link> underlayLinks() {
        return router == null
                ? List.of(new Link(a.underlay(), b.underlay()))
                : List.of(new Link(a.underlay(), router.towardsA()), new Link(b.underlay(), router.towardsB()));
    }

    /** Every port of every link, those of the LANs included. */
    public List<Port> ports() {
        List<Port> ports = new ArrayList<>();
        for (Link link : underlayLinks()) {
            ports.add(link.near());
            ports.add(link.far());
        }
        for (Endpoint endpoint : List.of(a, b)) {
            if (endpoint.lan() != null) {
                ports.add(endpoint.lan().server());
                ports.add(endpoint.lan().host());
            }
        }
        return List.copyOf(ports);
    }

    /** The kernel modules that it needs. */
    public List<String> modules() {
        List<String> modules = new ArrayList<>(List.of("veth"));
        modules.addAll(kind.modules());
        if (bridged()) {
            modules.add("bridge");
        }
        if (udpListener(Place.A).isPresent() || udpListener(Place.B).isPresent()) {
            modules.add("fou");
            if (outerFamily() == Family.IPV6) {
                modules.add("fou6");
            }
        }
        if (mpls != null) {
            modules.addAll(List.of("mpls_router", "mpls_iptunnel"));
        }
        return List.copyOf(modules);
    }

    /** The options of the kernel's configuration that it needs besides those of its modules. */
    public List<String> configuration() {
        return Stream.of(a, b)
                .flatMap(end -> Stream.concat(
                        kind.configuration(end.tunnel()).stream(),
                        UdpEncapsulation.of(end.tunnel().options()).stream()
                                .map(encapsulation -> UdpEncapsulation.CONFIGURATION)))
                .distinct()
                .toList();
    }
}
