package dev.culvert.harness.stimulus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv4Packet;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Ipv4;
import java.net.Inet4Address;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TunnelErrorTest {

    private static final Inet4Address ENTRY = Ipv4.address(0xc6336401); // 198.51.100.1
    private static final Inet4Address EXIT = Ipv4.address(0xc6336402); // 198.51.100.2
    private static final Bytes ENCAPSULATED = Ipv4Packet.between(ENTRY, EXIT)
            .payload(Ipv4Packet.between(ENTRY, EXIT).payload(IcmpMessage.echoRequest(1, 1, 56)))
            .bytes();

    @Test
    void quotesTheEncapsulatedPacketSoThatTheEntryFindsItsTunnel() {
        for (TunnelError error : TunnelError.values()) {
            Bytes message = Ipv4Packet.between(EXIT, ENTRY)
                    .payload(error.about(ENCAPSULATED))
                    .bytes();

            Ipv4Header quoted = Dissector.dissect(message, LinkType.IPV4)
                    .quoted()
                    .flatMap(quote -> quote.outerIpv4())
                    .orElseThrow();

            assertThat(quoted.source()).as(error.label()).isEqualTo(ENTRY);
            assertThat(quoted.destination()).as(error.label()).isEqualTo(EXIT);
            assertThat(quoted.protocolNumber()).as(error.label()).isEqualTo(4);
        }
    }

    @Test
    void protocolUnreachableQuotesNoMoreThanRfc792AsksFor() {
        assertThat(TunnelError.PROTOCOL_UNREACHABLE.about(ENCAPSULATED).body().length())
                .isEqualTo(28);
    }

    @Test
    void redirectNamesTheExitAsGateway() {
        IcmpMessage redirect = TunnelError.REDIRECT.about(ENCAPSULATED);

        assertThat(redirect.type()).isEqualTo(IcmpHeader.REDIRECT);
        assertThat(redirect.bytes().ipv4(4)).isEqualTo(EXIT);
    }

    @Test
    void labelsNeverCollide() {
        assertThat(Arrays.stream(TunnelError.values())
                        .flatMap(e -> Arrays.stream(new String[] {e.label(), e.request(1), e.request(2)})))
                .doesNotHaveDuplicates();
    }
}
