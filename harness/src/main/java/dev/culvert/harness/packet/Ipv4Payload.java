package dev.culvert.harness.packet;

import java.net.Inet4Address;

/** What an IPv4 packet can be composed to carry. */
public interface Ipv4Payload {

    /** The number that goes into the protocol field. */
    int protocolNumber();

    /** The bytes; the addresses of the packet around it take part in some checksums. */
    Bytes bytes(Inet4Address source, Inet4Address destination);

    /** Bytes of any protocol, as they are. */
    static Ipv4Payload of(int protocolNumber, Bytes bytes) {
        return new Ipv4Payload() {
            @Override
            public int protocolNumber() {
                return protocolNumber;
            }

            @Override
            public Bytes bytes(Inet4Address source, Inet4Address destination) {
                return bytes;
            }
        };
    }
}
