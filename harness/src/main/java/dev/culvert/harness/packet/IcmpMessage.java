package dev.culvert.harness.packet;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Composes an ICMP message (RFC 792) with a right checksum.
 *
 * @param rest the second 32-bit word, whose meaning depends on the type
 * @param body what follows: an echo's data, or the packet that an error quotes
 */
public record IcmpMessage(int type, int code, long rest, Bytes body) implements IpPayload {

    /** An echo request with that many bytes of data, counting up from 0 as ping sends them. */
    public static IcmpMessage echoRequest(int identifier, int sequence, int size) {
        return new IcmpMessage(IcmpHeader.ECHO_REQUEST, 0, (long) identifier << 16 | sequence, counting(size));
    }

    /** The reply to {@link #echoRequest}. */
    public static IcmpMessage echoReply(int identifier, int sequence, int size) {
        return new IcmpMessage(IcmpHeader.ECHO_REPLY, 0, (long) identifier << 16 | sequence, counting(size));
    }

    /** A destination unreachable of any code but 4. */
    public static IcmpMessage unreachable(int code, Bytes quoted) {
        return new IcmpMessage(IcmpHeader.DESTINATION_UNREACHABLE, code, 0, quoted);
    }

    /** A destination unreachable, code 4, with the MTU of the next hop (RFC 1191 §4). */
    public static IcmpMessage fragmentationNeeded(int nextHopMtu, Bytes quoted) {
        return new IcmpMessage(IcmpHeader.DESTINATION_UNREACHABLE, 4, nextHopMtu, quoted);
    }

    public static IcmpMessage sourceQuench(Bytes quoted) {
        return new IcmpMessage(IcmpHeader.SOURCE_QUENCH, 0, 0, quoted);
    }

    public static IcmpMessage redirect(int code, Inet4Address gateway, Bytes quoted) {
        return new IcmpMessage(
                IcmpHeader.REDIRECT, code, Bytes.of(gateway.getAddress()).u32(0), quoted);
    }

    /** Code 0 in transit, 1 in reassembly. */
    public static IcmpMessage timeExceeded(int code, Bytes quoted) {
        return new IcmpMessage(IcmpHeader.TIME_EXCEEDED, code, 0, quoted);
    }

    /** A parameter problem, code 0, that points at a byte of the quoted packet. */
    public static IcmpMessage parameterProblem(int pointer, Bytes quoted) {
        return new IcmpMessage(IcmpHeader.PARAMETER_PROBLEM, 0, (long) pointer << 24, quoted);
    }

    /** The message, checksum included. */
    public Bytes bytes() {
        Bytes unsummed = Bytes.join(
                Bytes.of((byte) type, (byte) code, (byte) 0, (byte) 0),
                Bytes.of((byte) (rest >> 24), (byte) (rest >> 16), (byte) (rest >> 8), (byte) rest),
                body);
        return unsummed.with16(2, new InternetChecksum().add(unsummed).value());
    }

    @Override
    public int protocolNumber() {
        return 1;
    }

    @Override
    public Bytes bytes(InetAddress source, InetAddress destination) {
        return bytes();
    }

    /** That many bytes, counting up from 0. */
    static Bytes counting(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return Bytes.of(bytes);
    }
}
