package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Packet;
import java.net.Inet4Address;

/**
 * The ICMP echo replies of one stimulus, each with a sequence number of its own so that captures tell them apart. Nobody asked for
 * them, so that a receiver takes them without an answer, and what is captured is only what was sent.
 */
final class EchoReplies {

    private static final int IDENTIFIER = 0x4355;
    private static final int PING_SIZE = 56;
    private static final int HEADERS = 28;

    private int sequence;

    /** The next one, with as many bytes of data as ping sends. */
    Ipv4Packet next(Inet4Address source, Inet4Address destination) {
        return packet(source, destination, IcmpMessage.echoReply(IDENTIFIER, ++sequence, PING_SIZE));
    }

    /** The next one, of that total length in bytes. */
    Ipv4Packet ofLength(int total, Inet4Address source, Inet4Address destination) {
        return packet(source, destination, IcmpMessage.echoReply(IDENTIFIER, ++sequence, total - HEADERS));
    }

    /** The next one as a request: a receiver that takes it counts it, and answers. */
    Ipv4Packet request(Inet4Address source, Inet4Address destination) {
        return packet(source, destination, IcmpMessage.echoRequest(IDENTIFIER, ++sequence, PING_SIZE));
    }

    /** The identification is never 0, which the kernel would replace. */
    private Ipv4Packet packet(Inet4Address source, Inet4Address destination, IcmpMessage message) {
        return Ipv4Packet.between(source, destination).id(0x4000 + sequence).payload(message);
    }
}
