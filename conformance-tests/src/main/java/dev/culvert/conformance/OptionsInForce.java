package dev.culvert.conformance;

import dev.culvert.harness.evidence.Window;
import dev.culvert.topologies.Kind;
import java.util.Map;

/**
 * What the options of A's tunnel device make of an outer header, as net/ipv4/ip_tunnel.c {@code ip_tunnel_xmit} and
 * net/ipv6/ip6_tunnel.c {@code ipxip6_tnl_xmit} do it.
 *
 * @param encapsulatesEcn whether the ECN bits are made of the inner packet's, as {@link Kind#encapsulatesEcn} says
 */
record OptionsInForce(Map<String, String> words, boolean encapsulatesEcn) {

    private static final String INHERIT = "inherit";
    /** net.ipv4.ip_default_ttl, which a route has unless it says otherwise. */
    private static final int IP_DEFAULT_TTL = 64;

    private static final int ECN = 3;
    private static final int CE = 3;
    private static final int ECT_0 = 2;

    /** The options that the device had during a window. */
    static OptionsInForce during(Window window) {
        return new OptionsInForce(
                window.stimulus().options(), window.topology().kind().encapsulatesEcn());
    }

    boolean inheritsTtl() {
        return INHERIT.equals(hopLimit());
    }

    boolean inheritsTos() {
        return INHERIT.equals(trafficClass());
    }

    /** The outer TTL over an inner one. */
    int ttl(int inner) {
        if ("auto".equals(hopLimit())) {
            return IP_DEFAULT_TTL;
        }
        return inheritsTtl() ? inner : Integer.decode(hopLimit());
    }

    /**
     * The outer TOS over an inner one. Its ECN bits are not the configured ones but made of the inner ones ({@code INET_ECN_encapsulate}), except
     * where a kind does not do that.
     */
    int tos(int inner) {
        int configured = inheritsTos() ? inner : Integer.decode(trafficClass());
        return encapsulatesEcn ? (configured & ~ECN) | ((inner & ECN) == CE ? ECT_0 : inner & ECN) : configured;
    }

    /** The word that kinds over IPv4 know as ttl, those over IPv6 as hoplimit. */
    private String hopLimit() {
        return words.getOrDefault("hoplimit", words.getOrDefault("ttl", INHERIT));
    }

    /** The word that kinds over IPv4 know as tos, those over IPv6 as tclass. */
    private String trafficClass() {
        return words.getOrDefault("tclass", words.getOrDefault("tos", "0"));
    }

    /** Whether the outer flow label is the inner one. */
    boolean inheritsFlowLabel() {
        return INHERIT.equals(words.get("flowlabel"));
    }

    /** The outer DF bit over an inner one. */
    int df(int inner) {
        if ("true".equals(words.get("external"))) {
            // ip_md_tunnel_xmit in net/ipv4/ip_tunnel.c: DF is what the metadata says, and iproute2's routes say
            // nothing of it.
            return 0;
        }
        String df = words.get("df");
        if (df != null) {
            return df.equals(INHERIT) ? inner : df.equals("set") ? 1 : 0;
        }
        return words.containsKey("nopmtudisc") || "false".equals(words.get("pmtudisc")) ? inner : 1;
    }
}
