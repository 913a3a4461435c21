package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.IcmpMessage;
import java.util.Locale;
import java.util.function.Function;

/** An ICMP error that comes to the tunnel's entry from within the tunnel (RFC 2003 section 4), about a packet that it sent. */
public enum TunnelError {
    NET_UNREACHABLE(quoted -> IcmpMessage.unreachable(0, quoted)),
    HOST_UNREACHABLE(quoted -> IcmpMessage.unreachable(1, quoted)),
    /** Quotes no more than RFC 792 asks for: the outer header and 8 bytes behind it. */
    PROTOCOL_UNREACHABLE(quoted -> IcmpMessage.unreachable(2, quoted.slice(0, 28))),
    PORT_UNREACHABLE(quoted -> IcmpMessage.unreachable(3, quoted)),
    SOURCE_ROUTE_FAILED(quoted -> IcmpMessage.unreachable(5, quoted)),
    SOURCE_QUENCH(IcmpMessage::sourceQuench),
    /** Says that the tunnel's exit is best reached directly. */
    REDIRECT(quoted -> IcmpMessage.redirect(1, quoted.ipv4(16), quoted)),
    TIME_EXCEEDED(quoted -> IcmpMessage.timeExceeded(0, quoted)),
    REASSEMBLY_TIME_EXCEEDED(quoted -> IcmpMessage.timeExceeded(1, quoted)),
    /** Points at the outer TTL. */
    PARAMETER_PROBLEM(quoted -> IcmpMessage.parameterProblem(8, quoted));

    @SuppressWarnings("ImmutableEnumChecker") // the functions given above hold no state
    private final Function<Bytes, IcmpMessage> message;

    TunnelError(Function<Bytes, IcmpMessage> message) {
        this.message = message;
    }

    /** The label under which a stimulus sends it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label of the nth request that follows it, from 1; what H answers goes into the tunnel. */
    public String request(int n) {
        return label() + "-request-" + n;
    }

    /** The message, about an encapsulated packet. */
    IcmpMessage about(Bytes encapsulated) {
        return message.apply(encapsulated);
    }
}
