package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.Next;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.AbstractPacket;
import org.pcap4j.packet.Packet;

/** Builds a packet with one of our headers around whatever Pcap4J builds. */
public final class HeaderPacketBuilder extends AbstractPacket.AbstractBuilder {

    private final Next what;
    private final Function<PacketParts, Packet> maker;
    private final UnaryOperator<Bytes> composer;
    private UnaryOperator<Bytes> changes = UnaryOperator.identity();
    private Packet.@Nullable Builder payload;

    /**
     * Starts a builder.
     *
     * @param what what the header is
     * @param maker makes the packet
     * @param composer makes header and payload from the payload
     */
    HeaderPacketBuilder(Next what, Function<PacketParts, Packet> maker, UnaryOperator<Bytes> composer) {
        this.what = what;
        this.maker = maker;
        this.composer = composer;
    }

    /** Writes a field of the header over after everything else, whatever that makes of the packet. */
    public HeaderPacketBuilder with(Field field, long value) {
        UnaryOperator<Bytes> before = changes;
        changes = header -> field.write(before.apply(header), 0, value);
        return this;
    }

    @Override
    public HeaderPacketBuilder payloadBuilder(Packet.@Nullable Builder builder) {
        payload = builder;
        return this;
    }

    @Override
    public Packet.@Nullable Builder getPayloadBuilder() {
        return payload;
    }

    @Override
    public Packet build() {
        Packet carried = payload == null ? null : payload.build();
        Bytes bytes = carried == null ? Bytes.of() : Bytes.of(carried.getRawData());
        Bytes whole = composer.apply(bytes);
        Bytes header = changes.apply(whole.slice(0, whole.length() - bytes.length()));
        return maker.apply(new PacketParts(new FieldsHeader(what, header), carried));
    }
}
