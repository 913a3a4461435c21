package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Icmpv6Message;
import java.util.Locale;
import java.util.function.Function;

/** An ICMPv6 error that comes to the tunnel's entry from within the tunnel (RFC 2473 section 8), about a packet that it sent. */
public enum Ipv6TunnelError {
    NO_ROUTE(quoted -> Icmpv6Message.unreachable(0, quoted)),
    PORT_UNREACHABLE(quoted -> Icmpv6Message.unreachable(4, quoted)),
    HOP_LIMIT_EXCEEDED(quoted -> Icmpv6Message.timeExceeded(0, quoted)),
    REASSEMBLY_TIME_EXCEEDED(quoted -> Icmpv6Message.timeExceeded(1, quoted)),
    /** Points at the encapsulation limit, which is 0: 40 bytes of header, 4 of the options header. */
    LIMIT_REACHED(quoted -> Icmpv6Message.parameterProblem(0, 44, quoted)),
    /** Points at the outer hop limit. */
    BAD_FIELD(quoted -> Icmpv6Message.parameterProblem(0, 7, quoted)),
    UNKNOWN_NEXT_HEADER(quoted -> Icmpv6Message.parameterProblem(1, 6, quoted)),
    /** Tells {@link #TOLD}. */
    PACKET_TOO_BIG(quoted -> Icmpv6Message.packetTooBig(Ipv6TunnelError.TOLD, quoted));

    /** The MTU that {@link #PACKET_TOO_BIG} tells; what is left of it inside the tunnel is less than IPv6 asks for. */
    public static final int TOLD = 1300;

    @SuppressWarnings("ImmutableEnumChecker") // the functions given above hold no state
    private final Function<Bytes, Icmpv6Message> message;

    Ipv6TunnelError(Function<Bytes, Icmpv6Message> message) {
        this.message = message;
    }

    /** The label under which a stimulus sends it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The message, about an encapsulated packet. */
    Icmpv6Message about(Bytes encapsulated) {
        return message.apply(encapsulated);
    }
}
