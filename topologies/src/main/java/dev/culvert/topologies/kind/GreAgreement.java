package dev.culvert.topologies.kind;

import dev.culvert.topologies.Options;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether one end of a GRE tunnel takes what the other sends. Linux finds a device by the key, where "none" is one too ({@code ip_tunnel_key_match}
 * in net/ipv4/ip_tunnel.c, {@code ip6gre_tunnel_match} in net/ipv6/ip6_gre.c), refuses a packet that has a checksum when the device
 * expects none and the other way round, and one without a sequence number when the device expects one ({@code ip_tunnel_rcv},
 * {@code __ip6_tnl_rcv}).
 */
final class GreAgreement {

    private final Options own;
    private final GreHeader sent;
    private final GreHeader sentByFar;
    private final GreHeader taken;
    private final GreHeader takenByFar;
    private final Map<String, String> mismatches = new LinkedHashMap<>();

    private GreAgreement(Options own, Options far) {
        this.own = own;
        this.sent = GreHeader.sentBy(own);
        this.sentByFar = GreHeader.sentBy(far);
        this.taken = GreHeader.takenBy(own);
        this.takenByFar = GreHeader.takenBy(far);
    }

    /** What of an end's options lets no packet through in one direction; one sentence each, by the option to blame. Routes say those of ends in external mode. */
    static Map<String, String> mismatches(Options own, Options far) {
        if (External.is(own) || External.is(far)) {
            return Map.of();
        }
        return new GreAgreement(own, far).find();
    }

    private Map<String, String> find() {
        if (taken.key().isPresent() && !taken.key().equals(sentByFar.key())) {
            blame(
                    "i",
                    "key",
                    "is not the key that the other end sends, which is " + named(sentByFar.key())
                            + ", so that nothing of it is taken; make them one");
        }
        if (sent.key().isPresent() && takenByFar.key().isEmpty()) {
            blame("o", "key", "is sent to an end that takes only packets without a key; give that one the key too");
        }
        if (taken.checksum() && !sentByFar.checksum()) {
            blame("i", "csum", "refuses what the other end sends, which has no checksum; give csum to both or to none");
        }
        if (sent.checksum() && !takenByFar.checksum()) {
            blame("o", "csum", "has the other end refuse what is sent; give csum to both or to none");
        }
        if (taken.sequence() && !sentByFar.sequence()) {
            blame(
                    "i",
                    "seq",
                    "refuses what the other end sends, which has no sequence number; give seq to both, or leave it out");
        }
        return mismatches;
    }

    private void blame(String direction, String field, String message) {
        @Nullable String both = own.given().get(field);
        mismatches.putIfAbsent(both == null ? direction + field : field, message);
    }

    private static String named(Optional<Long> key) {
        return key.map(String::valueOf).orElse("none");
    }
}
