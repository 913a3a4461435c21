package dev.culvert.harness.packet;

import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.EspSuite;
import java.util.ArrayList;
import java.util.List;

/** Keys that the samples of ESP packets are made by. */
final class EspSamples {

    /** With AES-GCM: 16 bytes of key and 4 of salt. */
    static final Esp GCM = new Esp(
            EspSuite.AES_GCM,
            null,
            new EspAssociation(4097, "000102030405060708090a0b0c0d0e0f" + "f0f1f2f3", ""),
            new EspAssociation(4098, "101112131415161718191a1b1c1d1e1f" + "e0e1e2e3", ""));

    /** With AES-CBC and HMAC-SHA-256. */
    static final Esp CBC = new Esp(
            EspSuite.AES_CBC_HMAC_SHA_256,
            null,
            new EspAssociation(
                    4099,
                    "000102030405060708090a0b0c0d0e0f",
                    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            new EspAssociation(
                    4100,
                    "101112131415161718191a1b1c1d1e1f",
                    "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"));

    private EspSamples() {}

    /** What A would send. */
    static EspSender sender(Esp esp) {
        return new EspSender(esp.suite(), esp.aToB());
    }

    /** Packets of A's and B's, plain and behind UDP, of lengths that take different padding. */
    static List<Ipv4Packet> packets(Esp esp) {
        EspSender a = sender(esp);
        EspSender b = new EspSender(esp.suite(), esp.bToA());
        List<Ipv4Packet> packets = new ArrayList<>();
        for (int data = 0; data < 5; data++) {
            Ipv4Packet inner = Ipv4Packet.between(SamplePackets.INNER_A, SamplePackets.INNER_B)
                    .payload(IcmpMessage.echoRequest(1, data, data));
            packets.add(Ipv4Packet.between(SamplePackets.A, SamplePackets.B)
                    .payload(IpPayload.of(EspSender.PROTOCOL, a.protect(data + 1, inner))));
            packets.add(Ipv4Packet.between(SamplePackets.B, SamplePackets.A)
                    .payload(new UdpDatagram(4500, 4500, b.protect(data + 1, inner))));
        }
        return packets;
    }
}
