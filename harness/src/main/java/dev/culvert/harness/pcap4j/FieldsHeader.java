package dev.culvert.harness.pcap4j;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.Header;
import dev.culvert.harness.packet.Next;
import java.util.List;
import org.pcap4j.packet.AbstractPacket;

/** The bytes of a header, shown field by field as our decoder reads them. */
public final class FieldsHeader extends AbstractPacket.AbstractHeader {

    private final Next what;
    private final byte[] bytes;

    FieldsHeader(Next what, Bytes bytes) {
        this.what = what;
        this.bytes = bytes.toArray();
    }

    /** What the bytes are. */
    Next what() {
        return what;
    }

    Bytes bytes() {
        return Bytes.of(bytes);
    }

    /** The header and those of its options that are headers of their own; empty where the bytes are no header. */
    List<Header> headers() {
        return Dissector.peel(what, bytes()).headers();
    }

    @Override
    protected List<byte[]> getRawFields() {
        return List.of(bytes.clone());
    }

    @Override
    protected String buildString() {
        StringBuilder text = new StringBuilder();
        for (Header header : headers()) {
            text.append(String.format("[%s Header (%d bytes)]%n", header.protocol(), header.length()));
            header.fields()
                    .forEach(field -> text.append(String.format("  %s: %s%n", field.name(), field.text(header))));
        }
        return text.toString();
    }
}
