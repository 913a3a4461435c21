package dev.culvert.conformance;

import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import java.util.Optional;

/**
 * An echo message of ICMP (RFC 792) or ICMPv6 (RFC 4443 section 4): a reply has the identifier and the sequence number of its request.
 *
 * @param reply whether it is the reply
 */
record Echo(boolean reply, int identifier, int sequence) {

    /** The echo message that a packet is, at any depth; empty if it is none. */
    static Optional<Echo> in(Dissection packet) {
        return packet.icmp()
                .flatMap(icmp -> of(
                        icmp.type(),
                        IcmpHeader.ECHO_REQUEST,
                        IcmpHeader.ECHO_REPLY,
                        icmp.identifier(),
                        icmp.sequence()))
                .or(() -> packet.icmpv6()
                        .flatMap(icmp -> of(
                                icmp.type(),
                                Icmpv6Header.ECHO_REQUEST,
                                Icmpv6Header.ECHO_REPLY,
                                icmp.identifier(),
                                icmp.sequence())));
    }

    private static Optional<Echo> of(int type, int request, int reply, int identifier, int sequence) {
        return type == request || type == reply
                ? Optional.of(new Echo(type == reply, identifier, sequence))
                : Optional.empty();
    }

    /** The reply to this request. */
    Echo answer() {
        return new Echo(true, identifier, sequence);
    }
}
