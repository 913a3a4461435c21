package dev.culvert.harness.netlink;

import dev.culvert.harness.packet.Bytes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * An address as the kernel reports it ({@code RTM_NEWADDR}).
 *
 * @param index of the device that has it
 * @param local the device's own address, not that of a peer
 */
record AddressMessage(long index, InetAddress local, int prefixLength) {

    /** Length of {@code struct ifaddrmsg}: family, prefix length, flags, scope, index. */
    private static final int HEADER = 8;

    private static final int PREFIX_LENGTH = 1;
    private static final int INDEX = 4;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    /** Reads a message of type {@code RTM_NEWADDR}; throws {@link MalformedNetlink} when it is too short or has no address. */
    static AddressMessage of(NetlinkMessage message) {
        ByteBuffer body = message.body();
        if (body.limit() < HEADER) {
            throw new MalformedNetlink(0, "an address takes " + HEADER + " bytes, and it has " + body.limit());
        }
        ReceivedAttributes attributes = ReceivedAttributes.of(body, HEADER);
        // inet6_fill_ifaddr tells no IFA_LOCAL unless there is a peer.
        Bytes local = attributes
                .bytes(IFA_LOCAL)
                .or(() -> attributes.bytes(IFA_ADDRESS))
                .orElseThrow(() -> new MalformedNetlink(HEADER, "it has neither IFA_LOCAL nor IFA_ADDRESS"));
        try {
            return new AddressMessage(
                    Integer.toUnsignedLong(body.getInt(INDEX)),
                    InetAddress.getByAddress(local.toArray()),
                    Byte.toUnsignedInt(body.get(PREFIX_LENGTH)));
        } catch (UnknownHostException e) {
            throw new MalformedNetlink(HEADER, "an address of " + local.length() + " bytes");
        }
    }
}
