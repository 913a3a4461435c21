package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc1349Tos;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpV4OptionType;
import org.pcap4j.packet.namednumber.IpVersion;

/**
 * Composes an IPv4 packet. Every setter gives a changed copy, so that packets can be made from one another; what is not set is
 * TOS 0, identification 0, DF and MF 0, TTL 64, no options and no payload. Lengths and checksum come out right unless {@link
 * #lie} says otherwise.
 */
public final class Ipv4Packet implements IpPacket {

    private final Inet4Address source;
    private final Inet4Address destination;
    private final List<Consumer<IpV4Packet.Builder>> settings;
    private final UnaryOperator<Bytes> lies;

    private Ipv4Packet(
            Inet4Address source,
            Inet4Address destination,
            List<Consumer<IpV4Packet.Builder>> settings,
            UnaryOperator<Bytes> lies) {
        this.source = source;
        this.destination = destination;
        this.settings = settings;
        this.lies = lies;
    }

    /** Starts a packet from one address to another. */
    public static Ipv4Packet between(Inet4Address source, Inet4Address destination) {
        return new Ipv4Packet(source, destination, List.of(), bytes -> bytes);
    }

    /** The whole second byte: DSCP and ECN. */
    public Ipv4Packet tos(int tos) {
        return and(b -> b.tos(IpV4Rfc1349Tos.newInstance((byte) tos)));
    }

    @Override
    public Ipv4Packet trafficClass(int trafficClass) {
        return tos(trafficClass);
    }

    public Ipv4Packet id(int identification) {
        return and(b -> b.identification((short) identification));
    }

    /** Sets DF. */
    public Ipv4Packet dontFragment() {
        return and(b -> b.dontFragmentFlag(true));
    }

    /** Sets MF. */
    public Ipv4Packet moreFragments() {
        return and(b -> b.moreFragmentFlag(true));
    }

    /** Sets the fragment offset, in bytes: a multiple of 8. */
    public Ipv4Packet fragmentOffset(int bytes) {
        if (bytes % 8 != 0) {
            throw new IllegalArgumentException("a fragment offset of " + bytes + " bytes: expected a multiple of 8");
        }
        return and(b -> b.fragmentOffset((short) (bytes / 8)));
    }

    public Ipv4Packet ttl(int ttl) {
        return and(b -> b.ttl((byte) ttl));
    }

    @Override
    public Ipv4Packet hopLimit(int hopLimit) {
        return ttl(hopLimit);
    }

    /** Sets the option bytes, padded by the caller to a multiple of 4, at most 40. */
    public Ipv4Packet options(int... bytes) {
        if (bytes.length % 4 != 0 || bytes.length > 40) {
            throw new IllegalArgumentException(bytes.length + " option bytes: expected a multiple of 4 up to 40");
        }
        Bytes raw = Bytes.of(new byte[bytes.length]).with(0, bytes);
        return and(b -> b.options(List.of(new RawOptions(raw))));
    }

    /** Sets the payload, and with it the protocol field. */
    @Override
    public Ipv4Packet payload(IpPayload payload) {
        Bytes bytes = payload.bytes(source, destination);
        return and(b -> b.protocol(IpNumber.getInstance((byte) payload.protocolNumber()))
                .payloadBuilder(new UnknownPacket.Builder().rawData(bytes.toArray())));
    }

    /**
     * Writes a field over after everything else is set, whatever that makes of the packet. The header checksum is made right
     * again, except where it is the lie itself.
     */
    public Ipv4Packet lie(Field field, long value) {
        return new Ipv4Packet(
                source, destination, settings, bytes -> Ipv4Header.write(lies.apply(bytes), 0, field, value));
    }

    @Override
    public Inet4Address source() {
        return source;
    }

    @Override
    public Inet4Address destination() {
        return destination;
    }

    /** The packet from its version nibble on. */
    @Override
    public Bytes bytes() {
        IpV4Packet.Builder builder = new IpV4Packet.Builder()
                .version(IpVersion.IPV4)
                .tos(IpV4Rfc1349Tos.newInstance((byte) 0))
                .ttl((byte) 64)
                .protocol(IpNumber.getInstance((byte) 59)) // no payload: "no next header", which nothing handles
                .srcAddr(source)
                .dstAddr(destination)
                .correctLengthAtBuild(true)
                .correctChecksumAtBuild(true);
        settings.forEach(setting -> setting.accept(builder));
        return lies.apply(Bytes.of(builder.build().getRawData()));
    }

    /**
     * The packet cut as a router would for a link of that MTU (RFC 791 §2.3), options left on every fragment. A packet that
     * fits is its own only fragment.
     */
    public List<Ipv4Packet> fragments(int mtu) {
        Bytes whole = bytes();
        int header = (whole.u8(0) & 0xf) * 4;
        int step = (mtu - header) / 8 * 8;
        if (step <= 0) {
            throw new IllegalArgumentException("an mtu of " + mtu + " leaves no room behind a header of " + header);
        }
        Bytes body = whole.from(header);
        if (whole.length() <= mtu) {
            return List.of(this);
        }
        int protocol = whole.u8(9);
        List<Ipv4Packet> fragments = new ArrayList<>();
        for (int at = 0; at < body.length(); at += step) {
            int size = Math.min(step, body.length() - at);
            Ipv4Packet fragment =
                    payload(IpPayload.of(protocol, body.slice(at, size))).fragmentOffset(at);
            fragments.add(at + size < body.length() ? fragment.moreFragments() : fragment);
        }
        return fragments;
    }

    @Override
    public int protocolNumber() {
        return 4;
    }

    @Override
    public Bytes bytes(InetAddress outerSource, InetAddress outerDestination) {
        return bytes();
    }

    private Ipv4Packet and(Consumer<IpV4Packet.Builder> setting) {
        List<Consumer<IpV4Packet.Builder>> more = new ArrayList<>(settings);
        more.add(setting);
        return new Ipv4Packet(source, destination, List.copyOf(more), lies);
    }

    /** All options of a packet in one, for Pcap4J asks for them one by one and refuses those it finds wrong. */
    private record RawOptions(Bytes bytes) implements IpV4Packet.IpV4Option {

        @Override
        public IpV4OptionType getType() {
            return IpV4OptionType.getInstance((byte) bytes.u8(0));
        }

        @Override
        public int length() {
            return bytes.length();
        }

        @Override
        public byte[] getRawData() {
            return bytes.toArray();
        }
    }
}
