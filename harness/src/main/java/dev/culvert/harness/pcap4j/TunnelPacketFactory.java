package dev.culvert.harness.pcap4j;

import java.util.Map;
import org.pcap4j.packet.IllegalPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.Packet;
import org.pcap4j.packet.factory.PacketFactory;
import org.pcap4j.packet.namednumber.NamedNumber;

/**
 * Makes the packets that stand behind some numbers; another factory makes those behind all others.
 *
 * @param <N> the numbers
 */
final class TunnelPacketFactory<N extends NamedNumber<?, ?>> implements PacketFactory<Packet, N> {

    private final Map<N, Known> known;
    private final PacketFactory<Packet, N> others;

    TunnelPacketFactory(Map<N, Known> known, PacketFactory<Packet, N> others) {
        this.known = Map.copyOf(known);
        this.others = others;
    }

    /** What stands behind a number. */
    record Known(Class<? extends Packet> type, Instantiater instantiater) {}

    /** Dissects bytes; throws {@link IllegalRawDataException} when they lie. */
    interface Instantiater {
        Packet make(byte[] rawData, int offset, int length) throws IllegalRawDataException;
    }

    /** Bytes that lie become an {@link IllegalPacket}, as everywhere in Pcap4J. */
    @Override
    public Packet newInstance(byte[] rawData, int offset, int length, N number) {
        Known found = known.get(number);
        if (found == null) {
            return others.newInstance(rawData, offset, length, number);
        }
        try {
            return found.instantiater().make(rawData, offset, length);
        } catch (IllegalRawDataException e) {
            return IllegalPacket.newPacket(rawData, offset, length);
        }
    }

    @Override
    public Packet newInstance(byte[] rawData, int offset, int length) {
        return others.newInstance(rawData, offset, length);
    }

    @Override
    public Class<? extends Packet> getTargetClass(N number) {
        Known found = known.get(number);
        return found == null ? others.getTargetClass(number) : found.type();
    }

    @Override
    public Class<? extends Packet> getTargetClass() {
        return others.getTargetClass();
    }
}
