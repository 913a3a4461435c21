package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes say, a dissection and its text come out and every layer stays within the packet. */
class LyingBytesTest {

    private static final List<LinkType> LINK_TYPES =
            List.of(LinkType.ETHERNET, LinkType.RAW, LinkType.IPV4, LinkType.LINUX_SLL, new LinkType(9999));

    /** No sample's headers reach further. */
    private static final int FAR_ENOUGH = 250;

    private final Random random = new Random(2003);

    @Test
    void survivesPacketsWithSomeBytesChanged() {
        List<Bytes> samples = SamplePackets.all();
        int ended = 0;
        for (int round = 0; round < 40_000; round++) {
            Bytes packet = samples.get(round % samples.size());
            for (int change = random.nextInt(4); change >= 0; change--) {
                packet = packet.with(random.nextInt(packet.length()), random.nextInt(256));
            }
            ended += isWithinItself(packet, packet.length() + random.nextInt(3), LinkType.ETHERNET) ? 1 : 0;
        }
        assertThat(ended).as("lies that were found").isGreaterThan(1000);
    }

    @Test
    void survivesEveryByteOfEveryPacketBeingAnother() {
        for (Bytes packet : SamplePackets.all()) {
            for (int at = 0; at < Math.min(packet.length(), FAR_ENOUGH); at++) {
                int right = packet.u8(at);
                for (int wrong : new int[] {0, 0xff, right ^ 1, right ^ 0x80, right + 1 & 0xff}) {
                    isWithinItself(packet.with(at, wrong), packet.length(), LinkType.ETHERNET);
                }
            }
        }
    }

    @Test
    void survivesPacketsCutAnywhere() {
        for (Bytes packet : SamplePackets.all()) {
            for (int length = 0; length <= Math.min(packet.length(), FAR_ENOUGH); length++) {
                isWithinItself(packet.slice(0, length), packet.length(), LinkType.ETHERNET);
                isWithinItself(packet.slice(0, length), length, LinkType.ETHERNET);
            }
        }
    }

    @Test
    void survivesNoise() {
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            for (LinkType linkType : LINK_TYPES) {
                isWithinItself(Bytes.of(noise), noise.length, linkType);
            }
        }
    }

    /** Looks at everything that a dissection can be asked for; says whether it ended with a lie. */
    private static boolean isWithinItself(Bytes packet, int originalLength, LinkType linkType) {
        Dissection dissection = Dissector.dissect(packet, originalLength, linkType, SamplePackets.CONTEXT);
        for (Layer layer : dissection.layers()) {
            assertThat(layer.offset()).isBetween(0, packet.length());
            assertThat(layer.offset() + layer.length()).isLessThanOrEqualTo(packet.length());
        }
        List<Layer> inOrder = dissection.layers().stream()
                .filter(layer -> !(layer instanceof EspTrailer))
                .toList();
        assertThat(inOrder.subList(0, Math.max(0, inOrder.size() - 1))).allMatch(Header.class::isInstance);
        dissection.all(Ipv4Header.class).forEach(Ipv4Header::checksumValid);
        dissection.all(IpHeader.class).forEach(ip -> {
            assertThat(ip.carried().length()).isLessThanOrEqualTo(ip.payload().length());
            assertThat(ip.protocolNumber()).isBetween(0, 255);
        });
        dissection
                .all(Header.class)
                .forEach(header -> assertThat(dissection.role(header)).isNotEmpty());
        dissection.icmpv6().ifPresent(icmp -> assertThat(icmp.quoted().length()).isLessThan(packet.length()));
        dissection.icmp().ifPresent(icmp -> assertThat(icmp.quoted().length()).isLessThan(packet.length()));
        assertThat(PacketText.of(dissection).layers().lines())
                .hasSize(dissection.layers().size());
        return dissection.malformed().isPresent();
    }
}
