package dev.culvert.harness.packet;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The layers of one packet from the outside in. What an ICMP error quotes is not among the layers that the accessors look
 * at, so that {@link #innerIpv4()} never means a quoted header: see {@link #quoted()}.
 *
 * @param packet the bytes that were dissected
 * @param layers every layer, quoted ones included, in order of offset
 */
public record Dissection(Bytes packet, List<Layer> layers) {

    public Dissection {
        layers = List.copyOf(layers);
    }

    /** The outermost IPv4 header. */
    public Optional<Ipv4Header> outerIpv4() {
        return ipv4(0);
    }

    /** The IPv4 header that travels within {@link #outerIpv4()}, at any depth below an MPLS stack. */
    public Optional<Ipv4Header> innerIpv4() {
        return ipv4(1);
    }

    /** The IPv4 header with that many IPv4 headers around it. */
    public Optional<Ipv4Header> ipv4(int depth) {
        return all(Ipv4Header.class).skip(depth).findFirst();
    }

    /** The outermost IP header, of whichever version. */
    public Optional<IpHeader> outerIp() {
        return ip(0);
    }

    /** The IP header that travels within {@link #outerIp()}, behind whatever lies between them. */
    public Optional<IpHeader> innerIp() {
        return ip(1);
    }

    /** The IP header that has no other within; {@link #outerIp()} of a packet that is in no tunnel. */
    public Optional<IpHeader> innermostIp() {
        return all(IpHeader.class).reduce((outer, inner) -> inner);
    }

    /** The IP header with that many IP headers around it. */
    public Optional<IpHeader> ip(int depth) {
        return all(IpHeader.class).skip(depth).findFirst();
    }

    /** The IP header that carries another header: the last one before it. */
    public Optional<IpHeader> carrier(Header carried) {
        return layers.stream()
                .takeWhile(layer -> !layer.equals(carried))
                .filter(IpHeader.class::isInstance)
                .map(IpHeader.class::cast)
                .reduce((outer, inner) -> inner);
    }

    /** The tunnel encapsulation limit of the outermost IP header (RFC 2473 §4.1.1). */
    public Optional<Integer> encapsulationLimit() {
        return first(DestinationOptions.class)
                .filter(options -> carrier(options).equals(outerIp()))
                .flatMap(options -> options.encapsulationLimit().map(limit -> (int) limit.of(options)));
    }

    /** The label stack, top entry first; empty if there is none. */
    public List<MplsEntry> mplsStack() {
        return all(MplsEntry.class).toList();
    }

    /** The ICMP message. */
    public Optional<IcmpHeader> icmp() {
        return first(IcmpHeader.class);
    }

    /** The ICMPv6 message. */
    public Optional<Icmpv6Header> icmpv6() {
        return first(Icmpv6Header.class);
    }

    /** The UDP header. */
    public Optional<UdpHeader> udp() {
        return first(UdpHeader.class);
    }

    /** The outermost GRE header. */
    public Optional<GreHeader> gre() {
        return first(GreHeader.class);
    }

    /** The outermost ERSPAN header, of type II or III. */
    public Optional<ErspanHeader> erspan() {
        return first(ErspanHeader.class);
    }

    /** The first header of a kind. */
    public <H extends Header> Optional<H> first(Class<H> kind) {
        return all(kind).findFirst();
    }

    /** Every header of a kind, from the outside in. */
    public <H extends Header> Stream<H> all(Class<H> kind) {
        return layers.subList(0, quoteStart()).stream().filter(kind::isInstance).map(kind::cast);
    }

    /** What the packet's ICMP error quotes, with offsets of the whole packet; empty if it is no error. */
    public Optional<Dissection> quoted() {
        return quoteStart() < layers.size()
                ? Optional.of(new Dissection(packet, layers.subList(quoteStart(), layers.size())))
                : Optional.empty();
    }

    /** The bytes behind the last header, if any. */
    public Optional<Payload> payload() {
        return last(Payload.class);
    }

    /** Bytes at the end of the packet that belong to what is around the innermost one: what ESP puts behind it. */
    public int trailing() {
        return layers.stream()
                .filter(EspTrailer.class::isInstance)
                .mapToInt(Layer::length)
                .sum();
    }

    /** Where and how the bytes lie, if they do. */
    public Optional<Malformed> malformed() {
        return last(Malformed.class);
    }

    /** The header that was cut, if one was. */
    public Optional<Truncated> truncated() {
        return last(Truncated.class);
    }

    /** Names a field as a report does: {@code "outer ttl"}, {@code "quoted inner source"}, {@code "icmp code"}. */
    public String name(Header header, Field field) {
        return role(header) + " " + field.name();
    }

    /**
     * What a header is in this packet: {@code outer} and {@code inner} where IP headers nest, with {@code ip header 2} and so
     * on between them when there are more than two; otherwise its protocol, with the same said of it where it nests ({@code inner
     * ethernet}). Within an ICMP error {@code quoted} stands before.
     */
    public String role(Header header) {
        Dissection quote = quoted().orElse(null);
        if (quote != null && quote.layers.contains(header)) {
            return "quoted " + quote.role(header);
        }
        String protocol = header.protocol().toLowerCase(Locale.ROOT);
        boolean ip = header instanceof IpHeader;
        Class<? extends Header> kind = ip ? IpHeader.class : header.getClass();
        List<? extends Header> nested = all(kind).toList();
        int depth = nested.indexOf(header);
        if (depth < 0 || nested.size() == 1 || !header.nests()) {
            return protocol;
        }
        if (depth > 0 && depth < nested.size() - 1) {
            return (ip ? "ip" : protocol) + " header " + (depth + 1);
        }
        return (depth == 0 ? "outer" : "inner") + (ip ? "" : " " + protocol);
    }

    private <L extends Layer> Optional<L> last(Class<L> kind) {
        int end = layers.size();
        while (end > 0 && layers.get(end - 1) instanceof EspTrailer) {
            end--;
        }
        return end == 0
                ? Optional.empty()
                : Optional.of(layers.get(end - 1)).filter(kind::isInstance).map(kind::cast);
    }

    private static boolean quotes(Layer layer) {
        return (layer instanceof IcmpHeader icmp && icmp.quotes())
                || (layer instanceof Icmpv6Header icmpv6 && icmpv6.quotes());
    }

    private int quoteStart() {
        for (int i = 0; i < layers.size(); i++) {
            if (quotes(layers.get(i))) {
                return i + 1;
            }
        }
        return layers.size();
    }
}
