package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.IcmpMessage;
import dev.culvert.harness.packet.Ipv4Packet;
import java.net.Inet4Address;

/**
 * The ICMP echo requests of one stimulus, each with a sequence number and an identification of its own. An ICMP error about one
 * teaches its sender no path MTU ({@code icmp_err} in net/ipv4/icmp.c hands it to the ping sockets), so that the next one
 * leaves as it was made.
 */
final class EchoRequests {

    private static final int IDENTIFIER = 0x4551;
    private static final int HEADERS = 28;

    private int sequence;

    /** The next one, as long as ping makes it. */
    Ipv4Packet next(Inet4Address source, Inet4Address destination) {
        return ofLength(84, source, destination);
    }

    /** The next one, of that total length in bytes. */
    Ipv4Packet ofLength(int total, Inet4Address source, Inet4Address destination) {
        sequence++;
        return Ipv4Packet.between(source, destination)
                .id(0x5000 + sequence)
                .payload(IcmpMessage.echoRequest(IDENTIFIER, sequence, total - HEADERS));
    }
}
