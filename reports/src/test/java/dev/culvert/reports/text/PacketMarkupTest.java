package dev.culvert.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.ByteRange;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.reports.SampleRun;
import org.junit.jupiter.api.Test;

class PacketMarkupTest {

    private static final ByteRange OUTER_TTL = new ByteRange(22, 1);

    @Test
    void marksTheFieldAndItsBytesAndNothingElse() {
        // Given
        var dissection = Dissector.dissect(SampleRun.PACKET, LinkType.ETHERNET);

        // When
        String markup = PacketMarkup.of(dissection, OUTER_TTL).toString();

        // Then
        assertThat(markup).contains("<mark>ttl 63</mark>", "<mark>3f</mark>").doesNotContain("<mark>ttl 64</mark>");
        assertThat(markup.split("<mark>", -1)).hasSize(3);
    }

    @Test
    void showsBytesThatAreNoPacket() {
        // Given: Ethernet type IPv4, then version 4 and an IHL of 0
        var dissection = Dissector.dissect(Bytes.parse("02000000000b 02000000000a 0800 40"), LinkType.ETHERNET);

        // When
        String markup = PacketMarkup.of(dissection, new ByteRange(14, 1)).toString();

        // Then
        assertThat(markup).contains("<mark>40</mark>");
    }
}
