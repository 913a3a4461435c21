package dev.culvert.harness.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FrameDissectionTest {

    private static final EthernetFrame IPV4 = EthernetFrame.ipv4(
            SamplePackets.MAC_A, SamplePackets.MAC_B, SamplePackets.echo().bytes());

    @Test
    void composesAndReadsTagsFromTheOutsideIn() {
        Bytes frame = IPV4.vlan(3, 123).tagged(VlanTag.S_TAG, 0xf064).bytes();

        assertThat(frame.slice(0, 22))
                .isEqualTo(Bytes.parse(
                        "02000000000b 02000000000a" // destination, source
                                + "88a8 f064" // S-tag: priority 7, drop eligible, VLAN 100
                                + "8100 607b 0800")); // C-tag: priority 3, VLAN 123; IPv4
        Dissection dissection = Dissector.dissect(frame, LinkType.ETHERNET);
        assertThat(dissection.all(VlanTag.class)).extracting(VlanTag::vid).containsExactly(100, 123);
        assertThat(dissection.all(VlanTag.class)).extracting(VlanTag::pcp).containsExactly(7, 3);
        assertThat(dissection.all(VlanTag.class)).extracting(VlanTag::tci).containsExactly(0xf064, 0x607b);
        assertThat(dissection.icmp()).isPresent();
    }

    @Test
    void composesAnArpRequestAndItsReply() {
        assertThat(FrameSamples.REQUEST.bytes())
                .isEqualTo(Bytes.parse(
                        "0001 0800 06 04 0001" // Ethernet, IPv4, their lengths, request
                                + "02000000000a cb007101 000000000000 cb007102")); // 203.0.113.1 asks for 203.0.113.2
        assertThat(FrameSamples.REQUEST.replyFrom(SamplePackets.MAC_B).bytes())
                .isEqualTo(Bytes.parse("0001 0800 06 04 0002 02000000000b cb007102 02000000000a cb007101"));
    }

    @Test
    void readsArpAndLeavesThePaddingOut() {
        Bytes frame = EthernetFrame.arp(SamplePackets.MAC_A, "ff:ff:ff:ff:ff:ff", FrameSamples.REQUEST)
                .vlan(0, 7)
                .bytes();

        Dissection dissection = Dissector.dissect(Bytes.join(frame, Bytes.of(new byte[14])), LinkType.ETHERNET);

        ArpHeader arp = dissection.first(ArpHeader.class).orElseThrow();
        assertThat(arp.offset()).isEqualTo(18);
        assertThat(arp.operation()).isEqualTo(ArpHeader.REQUEST);
        assertThat(arp.sender()).contains(SamplePackets.INNER_A);
        assertThat(arp.target()).contains(SamplePackets.INNER_B);
        assertThat(dissection.payload()).isEmpty();
    }

    @Test
    void readsNoAddressesOfAnotherKindFromArp() {
        Bytes packet = FrameSamples.REQUEST.bytes().with(1, 32); // hardware type InfiniBand
        Bytes frame = new EthernetFrame(SamplePackets.MAC_A, SamplePackets.MAC_B, 0x0806, packet).bytes();

        ArpHeader arp = Dissector.dissect(frame, LinkType.ETHERNET)
                .first(ArpHeader.class)
                .orElseThrow();

        assertThat(arp.sender()).isEmpty();
        assertThat(arp.fields()).doesNotContain(ArpHeader.SENDER_PROTOCOL);
    }

    @Test
    void namesArpAddressesThatAreLongerThanThePacket() {
        Bytes packet = FrameSamples.REQUEST.bytes().with(4, 200); // 8 + 2 × (200 + 4) bytes
        Bytes frame = new EthernetFrame(SamplePackets.MAC_A, SamplePackets.MAC_B, 0x0806, packet).bytes();

        Dissection dissection = Dissector.dissect(frame, LinkType.ETHERNET);

        assertThat(dissection.malformed())
                .contains(new Malformed(14, 28, "ARP packet takes 416 bytes, but only 28 are left"));
    }

    @Test
    void readsALabelStackWhereverItLies() {
        Bytes stack = MplsStack.over(SamplePackets.echo().bytes(), 16, 17).bytes();
        Ipv4Packet outer = Ipv4Packet.between(SamplePackets.A, SamplePackets.B);

        for (IpPayload payload : new IpPayload[] {
            IpPayload.of(137, stack),
            GrePacket.over(0x8847, stack),
            GrePacket.over(
                    0x6558,
                    new EthernetFrame(SamplePackets.MAC_A, SamplePackets.MAC_B, 0x8847, stack)
                            .vlan(0, 5)
                            .bytes()),
            new UdpDatagram(50000, 6635, stack)
        }) {
            Dissection dissection = Dissector.dissect(outer.payload(payload).bytes(), LinkType.RAW);

            assertThat(dissection.mplsStack()).extracting(MplsEntry::label).containsExactly(16, 17);
            assertThat(dissection.innermostIp().map(IpHeader::hopLimit)).contains(9);
        }
    }
}
