package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.FROM_LOOPBACK;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.HONEST;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.LONG_HEAD;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.NEIGHBOR;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.PADDED;
import static dev.culvert.harness.stimulus.Ipv6InnerStimuli.SHORT;
import static dev.culvert.harness.stimulus.MulticastStimuli.IPV6;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Icmpv6Header;
import dev.culvert.harness.packet.Icmpv6Message;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Packet;
import dev.culvert.harness.packet.NdOption;
import dev.culvert.topologies.Ipv6;
import dev.culvert.topologies.Place;
import java.net.Inet6Address;

/** Evidence of an end that takes what it must not, loses what it must take, or is a bad neighbor. */
final class Ipv6InnerDamage {

    private Ipv6InnerDamage() {}

    @DamageOf(value = "RFC4213-3.6-INVALID-SRC", topology = "sit")
    static Evidence requestFromLoopbackAnswered(Evidence good) {
        Seen reply = echo(good, HONEST, true);
        Icmpv6Header icmp = reply.dissect().icmpv6().orElseThrow();
        Echo request = sent(good, FROM_LOOPBACK);
        Bytes forged = Icmpv6Header.SEQUENCE.write(reply.packet().bytes(), icmp.offset(), request.sequence());
        return Damage.add(good, COMPOSED, reply.at(), reply.packet().linkType(), forged);
    }

    @DamageOf(value = "RFC4213-3.6-PADDING", topology = "sit")
    static Evidence paddedRequestNotAnswered(Evidence good) {
        return without(good, COMPOSED, echo(good, PADDED, true));
    }

    @DamageOf(value = "RFC4213-3.6-MRU", topology = "sit")
    static Evidence longPacketLost(Evidence good) {
        return without(good, COMPOSED, echo(good, LONG_HEAD, false));
    }

    @DamageOf(value = "RFC4213-3.7-LINKLOCAL", topology = "sit")
    static Evidence noLinkLocalAddress(Evidence good) {
        String device = good.topology().a().tunnel().device();
        return good.withConfigured(Place.A, state -> {
            ArrayNode addresses = state.addresses().deepCopy();
            addresses.forEach(link -> {
                if (device.equals(link.path("ifname").asText())) {
                    ((ObjectNode) link).putArray("addr_info");
                }
            });
            return new PlaceState(state.links(), addresses, state.routes());
        });
    }

    @DamageOf(value = "RFC4213-3.8-NUD", topology = "sit")
    static Evidence solicitationNotAnswered(Evidence good) {
        return without(good, NEIGHBOR, advertisement(good));
    }

    @DamageOf(value = "RFC4213-3.8-LLADDR-OPT", topology = "sit")
    static Evidence linkLayerAddressTold(Evidence good) {
        Seen seen = advertisement(good);
        Inet6Address b = Ipv6.of(good.topology().b().tunnel().address().address());
        Bytes telling = Ipv6Packet.between(
                        b, Ipv6.of(good.topology().a().tunnel().address().address()))
                .payload(Icmpv6Message.neighborAdvertisement(b)
                        .withLinkLayerAddress(NdOption.TARGET_LINK_LAYER_ADDRESS, Bytes.parse("02 00 00 00 00 0b")))
                .bytes();
        return Damage.rewrite(good, NEIGHBOR, seen.at(), s -> is(s, seen), bytes -> telling);
    }

    @DamageOf(value = "LINUX-SIT-SHORT", topology = "sit")
    static Evidence shortPayloadCounted(Evidence good) {
        String device = good.topology().b().tunnel().device();
        return Damage.counter(good, SHORT, Place.B, "link." + device + ".rx_errors", 1);
    }

    @DamageOf(value = "LINUX-SIT-MCAST", topology = "sit")
    static Evidence multicastSentToAGroup(Evidence good) {
        CapturePoint underlay = new TunnelPackets(good, IPV6).underlay(Place.A);
        return Damage.rewrite(
                good,
                IPV6,
                underlay,
                seen -> Echo.in(seen.dissect()).filter(echo -> !echo.reply()).isPresent(),
                // 239.192.0.1, of the organization-local scope that RFC 2529 would map it to
                bytes -> Ipv4Header.DESTINATION.write(bytes, 14, 0xefc00001L));
    }

    private static Echo sent(Evidence good, String label) {
        return Echo.in(good.during(COMPOSED).dissectSent(label)).orElseThrow();
    }

    /** An echo request, or the reply to it, on B's tunnel device. */
    private static Seen echo(Evidence good, String label, boolean reply) {
        Echo wanted = reply ? sent(good, label).answer() : sent(good, label);
        return good.during(COMPOSED).atTunnel(Place.B).stream()
                .filter(seen -> Echo.in(seen.dissect()).filter(wanted::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    /** The neighbor advertisement on A's tunnel device. */
    private static Seen advertisement(Evidence good) {
        return good.during(NEIGHBOR).atTunnel(Place.A).stream()
                .filter(seen -> seen.dissect()
                        .icmpv6()
                        .filter(icmp -> icmp.type() == Icmpv6Header.NEIGHBOR_ADVERTISEMENT)
                        .isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static Evidence without(Evidence good, String stimulus, Seen seen) {
        return Damage.remove(good, stimulus, seen.at(), s -> is(s, seen));
    }

    private static boolean is(Seen seen, Seen other) {
        return seen.packet().index() == other.packet().index();
    }
}
