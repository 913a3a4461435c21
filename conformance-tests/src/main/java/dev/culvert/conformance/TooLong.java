package dev.culvert.conformance;

import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.IcmpHeader;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.topologies.Place;
import java.util.List;

/** What the source of a packet is told that was too long: ICMP type 3 code 4 (RFC 1191 section 4), or ICMPv6 type 2 (RFC 4443 section 3.2). */
final class TooLong {

    private TooLong() {}

    /** Judges that H was told once, about the packet sent under a label, that so many bytes are the most. */
    static void told(Judge judge, TunnelPackets packets, String label, int mtu) {
        List<Seen> errors = packets.errorsAbout(label, packets.host(Place.H));
        judge.equal("errors to H about \"" + label + "\"", 1, errors.size());
        for (Seen error : errors) {
            error.dissect().icmp().ifPresent(icmp -> {
                judge.field(error, icmp, IcmpHeader.TYPE, IcmpHeader.DESTINATION_UNREACHABLE);
                judge.field(error, icmp, IcmpHeader.CODE, 4);
                judge.field(error, icmp, IcmpHeader.NEXT_HOP_MTU, mtu);
            });
            error.dissect().icmpv6().ifPresent(icmp -> {
                judge.field(error, icmp, Icmpv6Header.TYPE, Icmpv6Header.PACKET_TOO_BIG);
                judge.field(error, icmp, Icmpv6Header.MTU, mtu);
            });
        }
    }
}
