package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Header;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.AbstractPacket;
import org.pcap4j.packet.Packet;

/**
 * A Pcap4J packet whose header one of our decoders reads.
 *
 * @param <H> the header that the decoder finds
 */
public abstract sealed class HeaderPacket<H extends Header> extends AbstractPacket
        permits ErspanPcapPacket, GenevePcapPacket, GrePcapPacket, GuePcapPacket, MplsPcapPacket {

    private final Class<H> kind;
    private final FieldsHeader header;
    private final @Nullable Packet payload;

    HeaderPacket(Class<H> kind, PacketParts parts) {
        this.kind = kind;
        this.header = parts.header();
        this.payload = parts.payload();
    }

    /** The same packet made of other parts. */
    abstract HeaderPacket<H> of(PacketParts parts);

    /**
     * The header as our decoder shows it. Throws {@link IllegalStateException} where a builder was told a lie that no decoder
     * takes.
     */
    public final H view() {
        return header.headers().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("these bytes are no header: " + header.toHexString()));
    }

    /** The header and those of its options that are headers of their own, as Geneve's are. */
    public final List<dev.culvert.harness.packet.Header> headers() {
        return header.headers();
    }

    @Override
    public final FieldsHeader getHeader() {
        return header;
    }

    @Override
    public final @Nullable Packet getPayload() {
        return payload;
    }

    /** Starts with the very bytes of this header; a checksum in them does not follow another payload. */
    @Override
    public final HeaderPacketBuilder getBuilder() {
        return new HeaderPacketBuilder(header.what(), this::of, carried -> Bytes.join(header.bytes(), carried))
                .payloadBuilder(payload == null ? null : payload.getBuilder());
    }
}
