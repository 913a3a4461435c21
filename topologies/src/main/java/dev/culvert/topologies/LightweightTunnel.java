package dev.culvert.topologies;

import dev.culvert.topologies.link.Attribute;
import dev.culvert.topologies.link.Value;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a route says of the outer header of the packets that it sends to a device in external mode, which has no ends of its own: the
 * lightweight tunnel encapsulations {@code ip} and {@code ip6} ({@code ip_tun_build_state} and {@code ip6_tun_build_state} in
 * net/ipv4/ip_tunnel_core.c, {@code parse_encap_ip} and {@code parse_encap_ip6} in iproute2's {@code ip/iproute_lwtunnel.c}).
 *
 * @param source the outer source
 * @param destination the outer destination, of the same family
 * @param id what the kind's own header identifies the tunnel by, 32 bits of a GRE key or 24 of a VNI; null where there is no such field
 * @param hopLimit of the outer header; 0 to leave it to the kernel, which takes the inner one where it can
 * @param trafficClass of the outer header; 1 to take the inner one
 * @param fields which fields a GRE header has, empty for kinds that have none; {@code CSUM} is the UDP checksum of kinds within UDP
 * @param extra what only some kinds put into their header, or null
 */
public record LightweightTunnel(
        InetAddress source,
        InetAddress destination,
        @Nullable Long id,
        int hopLimit,
        int trafficClass,
        List<HeaderField> fields,
        @Nullable Extra extra) {

    public LightweightTunnel {
        fields = List.copyOf(fields);
    }

    /** A field of a header that {@code LWTUNNEL_IP_FLAGS} switches on; the masks are those of include/uapi/linux/if_tunnel.h. */
    public enum HeaderField {
        KEY(0x04),
        CSUM(0x01),
        SEQ(0x08);

        private final int mask;

        HeaderField(int mask) {
            this.mask = mask;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What only some kinds put into their header.
     *
     * @param words of {@code ip route}
     * @param attributes what {@code LWTUNNEL_IP_OPTS} holds
     */
    public record Extra(List<String> words, List<Attribute> attributes) {

        public Extra {
            words = List.copyOf(words);
            attributes = List.copyOf(attributes);
        }
    }

    private boolean overIpv6() {
        return Family.of(destination) == Family.IPV6;
    }

    /** The words of {@code ip route} from {@code encap} on. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of("encap", overIpv6() ? "ip6" : "ip"));
        if (id != null) {
            words.addAll(List.of("id", id.toString()));
        }
        words.addAll(List.of("src", IpAddress.text(source), "dst", IpAddress.text(destination)));
        if (hopLimit != 0) {
            words.addAll(List.of(overIpv6() ? "hoplimit" : "ttl", String.valueOf(hopLimit)));
        }
        if (trafficClass != 0) {
            words.addAll(List.of(overIpv6() ? "tc" : "tos", "0x" + Integer.toHexString(trafficClass)));
        }
        fields.forEach(field -> words.add(field.word()));
        if (extra != null) {
            words.addAll(extra.words());
        }
        return List.copyOf(words);
    }

    /** {@code RTA_ENCAP_TYPE} and {@code RTA_ENCAP}; see include/uapi/linux/lwtunnel.h. */
    public List<Attribute> attributes() {
        String prefix = overIpv6() ? "LWTUNNEL_IP6_" : "LWTUNNEL_IP_";
        List<Attribute> said = new ArrayList<>();
        if (id != null) {
            said.add(new Attribute(prefix + "ID", 1, new Value.Unsigned(Long.BYTES, true, id)));
        }
        said.add(new Attribute(prefix + "DST", 2, new Value.Address(destination)));
        said.add(new Attribute(prefix + "SRC", 3, new Value.Address(source)));
        if (hopLimit != 0) {
            said.add(new Attribute(prefix + (overIpv6() ? "HOPLIMIT" : "TTL"), 4, Value.u8(hopLimit)));
        }
        if (trafficClass != 0) {
            said.add(new Attribute(prefix + (overIpv6() ? "TC" : "TOS"), 5, Value.u8(trafficClass)));
        }
        if (!fields.isEmpty()) {
            List<Value.Bit> bits = fields.stream()
                    .map(field -> new Value.Bit(field.word(), field.mask, true))
                    .toList();
            said.add(new Attribute(prefix + "FLAGS", 6, new Value.Bits(Short.BYTES, true, bits)));
        }
        if (extra != null) {
            said.add(new Attribute(prefix + "OPTS", 8, new Value.Nest(List.of(), extra.attributes())));
        }
        return List.of(
                new Attribute("RTA_ENCAP_TYPE", 21, Value.u16(overIpv6() ? 4 : 2)),
                new Attribute("RTA_ENCAP", 22, new Value.Nest(List.of(), said)));
    }
}
