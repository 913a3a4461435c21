package dev.culvert.harness.packet;

import java.net.InetAddress;

/** What an IP packet of either version can be composed to carry. */
public interface IpPayload {

    /** The number that goes into the protocol or next header field. */
    int protocolNumber();

    /** The bytes; the addresses of the packet around it take part in some checksums. */
    Bytes bytes(InetAddress source, InetAddress destination);

    /** Bytes of any protocol, as they are. */
    static IpPayload of(int protocolNumber, Bytes bytes) {
        return new IpPayload() {
            @Override
            public int protocolNumber() {
                return protocolNumber;
            }

            @Override
            public Bytes bytes(InetAddress source, InetAddress destination) {
                return bytes;
            }
        };
    }
}
