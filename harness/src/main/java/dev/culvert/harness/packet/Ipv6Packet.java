package dev.culvert.harness.packet;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Composes an IPv6 packet (RFC 8200). Every setter gives a changed copy, so that packets can be made from one another; what is
 * not set is traffic class 0, flow label 0, hop limit 64, no extension header and no payload. The lengths come out right unless
 * {@link #lie} says otherwise.
 */
public final class Ipv6Packet implements IpPacket {

    private static final int NO_NEXT_HEADER = 59;
    private static final int LARGEST_PAYLOAD = 0xffff;

    private final Bytes header;
    private final List<Ipv6Extension> extensions;
    private final IpPayload payload;
    private final UnaryOperator<Bytes> lies;

    private Ipv6Packet(Bytes header, List<Ipv6Extension> extensions, IpPayload payload, UnaryOperator<Bytes> lies) {
        this.header = header;
        this.extensions = extensions;
        this.payload = payload;
        this.lies = lies;
    }

    /** Starts a packet from one address to another. */
    public static Ipv6Packet between(Inet6Address source, Inet6Address destination) {
        ByteBuffer header = ByteBuffer.allocate(Ipv6Header.LENGTH)
                .putInt(6 << 28)
                .putInt(64)
                .put(source.getAddress())
                .put(destination.getAddress());
        return new Ipv6Packet(
                Bytes.of(header.array()),
                List.of(),
                IpPayload.of(NO_NEXT_HEADER, Bytes.of()),
                UnaryOperator.identity());
    }

    /** DSCP and ECN. */
    @Override
    public Ipv6Packet trafficClass(int trafficClass) {
        return with(Ipv6Header.TRAFFIC_CLASS, trafficClass);
    }

    public Ipv6Packet flowLabel(int flowLabel) {
        return with(Ipv6Header.FLOW_LABEL, flowLabel);
    }

    @Override
    public Ipv6Packet hopLimit(int hopLimit) {
        return with(Ipv6Header.HOP_LIMIT, hopLimit);
    }

    /** Puts an extension header behind those that are there. */
    public Ipv6Packet extension(Ipv6Extension extension) {
        List<Ipv6Extension> more = new ArrayList<>(extensions);
        more.add(extension);
        return with(List.copyOf(more));
    }

    /** Sets the payload, and with it the last next header field. */
    @Override
    public Ipv6Packet payload(IpPayload other) {
        return new Ipv6Packet(header, extensions, other, lies);
    }

    /** Writes a field of the header over after everything else is set, whatever that makes of the packet. */
    public Ipv6Packet lie(Field field, long value) {
        return new Ipv6Packet(header, extensions, payload, bytes -> field.write(lies.apply(bytes), 0, value));
    }

    @Override
    public Inet6Address source() {
        return header.ipv6(8);
    }

    @Override
    public Inet6Address destination() {
        return header.ipv6(24);
    }

    /** The packet from its version nibble on. Throws {@link IllegalStateException} if more follows than a header can tell. */
    @Override
    public Bytes bytes() {
        Bytes behind = payload.bytes(source(), destination());
        int next = payload.protocolNumber();
        for (int i = extensions.size() - 1; i >= 0; i--) {
            behind = Bytes.join(extensions.get(i).before(next), behind);
            next = extensions.get(i).number();
        }
        if (behind.length() > LARGEST_PAYLOAD) {
            throw new IllegalStateException(behind.length()
                    + " bytes behind an IPv6 header: its length field holds at most " + LARGEST_PAYLOAD);
        }
        Bytes filled = header.with16(4, behind.length()).with(6, next);
        return lies.apply(Bytes.join(filled, behind));
    }

    /**
     * The packet cut as its source would for a path of that MTU (RFC 8200 §4.5), hop-by-hop and routing headers with all that
     * comes before them left on every fragment. A packet that fits is its own only fragment.
     */
    public List<Ipv6Packet> fragments(int mtu, int identification) {
        Bytes whole = bytes();
        if (whole.length() <= mtu) {
            return List.of(this);
        }
        int kept = perFragment();
        Ipv6Packet beginning = with(extensions.subList(0, kept));
        int first = beginning
                .payload(IpPayload.of(NO_NEXT_HEADER, Bytes.of()))
                .bytes()
                .length();
        int step = (mtu - first - Ipv6FragmentHeader.LENGTH) / Ipv6Chain.UNIT * Ipv6Chain.UNIT;
        if (step <= 0) {
            throw new IllegalArgumentException(
                    "an mtu of " + mtu + " leaves no room behind headers of " + (first + Ipv6FragmentHeader.LENGTH));
        }
        int next = kept < extensions.size() ? extensions.get(kept).number() : payload.protocolNumber();
        Bytes cut = whole.from(first);
        List<Ipv6Packet> fragments = new ArrayList<>();
        for (int at = 0; at < cut.length(); at += step) {
            int size = Math.min(step, cut.length() - at);
            fragments.add(beginning
                    .extension(Ipv6Extension.fragment(at, at + size < cut.length(), identification))
                    .payload(IpPayload.of(next, cut.slice(at, size))));
        }
        return fragments;
    }

    @Override
    public int protocolNumber() {
        return 41;
    }

    @Override
    public Bytes bytes(InetAddress outerSource, InetAddress outerDestination) {
        return bytes();
    }

    /** How many extension headers every fragment keeps. */
    private int perFragment() {
        int kept = extensions.size();
        while (kept > 0
                && extensions.get(kept - 1).number() != Ipv6Chain.HOP_BY_HOP
                && extensions.get(kept - 1).number() != Ipv6Chain.ROUTING) {
            kept--;
        }
        return kept;
    }

    private Ipv6Packet with(Field field, long value) {
        return new Ipv6Packet(field.write(header, 0, value), extensions, payload, lies);
    }

    private Ipv6Packet with(List<Ipv6Extension> others) {
        return new Ipv6Packet(header, others, payload, lies);
    }
}
