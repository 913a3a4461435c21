package dev.culvert.topologies.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings that every place gets, so that nothing depends on what the host happens to have: a new network namespace copies
 * {@code net.ipv4.conf} from the initial one ({@code devinet_init_net}).
 */
public final class Baseline {

    private static final Map<String, String> COMMON = common();

    private Baseline() {}

    /** The settings of a place by dotted name, in the order in which they are made. */
    public static Map<String, String> sysctls(boolean forwards) {
        Map<String, String> settings = new LinkedHashMap<>();
        // First: a change of ip_forward sets accept_redirects of every interface (inet_forward_change in
        // net/ipv4/devinet.c).
        settings.put("net.ipv4.ip_forward", forwards ? "1" : "0");
        settings.putAll(COMMON);
        String redirects = forwards ? "0" : "1";
        settings.put("net.ipv4.conf.all.accept_redirects", redirects);
        settings.put("net.ipv4.conf.default.accept_redirects", redirects);
        return Collections.unmodifiableMap(settings);
    }

    private static Map<String, String> common() {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String scope : new String[] {"all", "default"}) {
            // Before any device exists, so that none announces itself over IPv6.
            settings.put("net.ipv6.conf." + scope + ".disable_ipv6", "1");
            settings.put("net.ipv4.conf." + scope + ".rp_filter", "0");
            settings.put("net.ipv4.conf." + scope + ".accept_local", "0");
            settings.put("net.ipv4.conf." + scope + ".log_martians", "0");
            settings.put("net.ipv4.conf." + scope + ".route_localnet", "0");
        }
        settings.put("net.ipv4.icmp_ratelimit", "0");
        // A type outside the mask passes the global limit too (icmpv4_mask_allow in net/ipv4/icmp.c).
        settings.put("net.ipv4.icmp_ratemask", "0");
        settings.put("net.ipv4.icmp_echo_ignore_all", "0");
        settings.put("net.ipv4.icmp_echo_ignore_broadcasts", "1");
        settings.put("net.ipv4.ip_default_ttl", "64");
        settings.put("net.ipv4.ip_forward_use_pmtu", "0");
        settings.put("net.ipv4.ip_no_pmtu_disc", "0");
        settings.put("net.ipv4.ipfrag_time", "30");
        settings.put("net.ipv4.route.min_pmtu", "552");
        settings.put("net.ipv4.route.mtu_expires", "600");
        settings.put("net.ipv4.tcp_mtu_probing", "0");
        return settings;
    }
}
