package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.ByteRange;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.Next;
import dev.culvert.harness.packet.Peeled;
import org.jspecify.annotations.Nullable;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.Packet;

/** Header and payload of a packet. */
record PacketParts(FieldsHeader header, @Nullable Packet payload) {

    /** Takes bytes apart. Throws {@link IllegalRawDataException} when they lie or the header is not whole. */
    static PacketParts of(Next what, byte[] rawData, int offset, int length) throws IllegalRawDataException {
        Bytes bytes = Bytes.of(rawData).slice(offset, length);
        Peeled peeled = Dissector.peel(what, bytes);
        if (peeled.fault().isPresent()) {
            throw new IllegalRawDataException(peeled.fault().get());
        }
        if (peeled.headers().isEmpty()) {
            throw new IllegalRawDataException("what follows starts at once, without a header");
        }
        ByteRange behind = peeled.behind();
        Packet payload = behind.length() == 0
                ? null
                : Carried.packet(peeled.next(), rawData, offset + behind.offset(), behind.length());
        return new PacketParts(new FieldsHeader(what, bytes.slice(0, behind.offset())), payload);
    }
}
