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

    /**
     * The settings of a place by dotted name, in the order in which they are made.
     *
     * @param ipv6 whether the topology has any IPv6; its devices that have none stay without
     */
    public static Map<String, String> sysctls(boolean forwards, boolean ipv6) {
        Map<String, String> settings = new LinkedHashMap<>();
        // First: a change of ip_forward sets accept_redirects of every interface (inet_forward_change in
        // net/ipv4/devinet.c).
        settings.put("net.ipv4.ip_forward", forwards ? "1" : "0");
        settings.putAll(COMMON);
        String redirects = forwards ? "0" : "1";
        settings.put("net.ipv4.conf.all.accept_redirects", redirects);
        settings.put("net.ipv4.conf.default.accept_redirects", redirects);
        if (ipv6) {
            settings.putAll(ipv6(forwards));
        }
        return Collections.unmodifiableMap(settings);
    }

    private static Map<String, String> ipv6(boolean forwards) {
        Map<String, String> settings = new LinkedHashMap<>();
        // This switches the devices that there are and those to come (addrconf_disable_ipv6 in net/ipv6/addrconf.c);
        // what comes is switched off again until it has an IPv6 address, so that no other announces itself.
        settings.put("net.ipv6.conf.all.disable_ipv6", "0");
        settings.put("net.ipv6.conf.default.disable_ipv6", "1");
        settings.put("net.ipv6.conf.all.forwarding", forwards ? "1" : "0");
        for (String scope : new String[] {"all", "default"}) {
            settings.put("net.ipv6.conf." + scope + ".accept_ra", "0");
            settings.put("net.ipv6.conf." + scope + ".accept_redirects", forwards ? "0" : "1");
            settings.put("net.ipv6.conf." + scope + ".accept_dad", "0");
            settings.put("net.ipv6.conf." + scope + ".dad_transmits", "0");
            settings.put("net.ipv6.conf." + scope + ".router_solicitations", "0");
            settings.put("net.ipv6.conf." + scope + ".hop_limit", "64");
            // At once instead of within a second, so that what joining costs is over before anything is observed
            // (unsolicited_report_interval in net/ipv6/mcast.c).
            settings.put("net.ipv6.conf." + scope + ".mldv2_unsolicited_report_interval", "0");
        }
        settings.put("net.ipv6.auto_flowlabels", "1");
        settings.put("net.ipv6.icmp.ratelimit", "0");
        // A type outside the mask passes the global limit too (icmpv6_mask_allow in net/ipv6/icmp.c); 127 is nobody's.
        settings.put("net.ipv6.icmp.ratemask", "127");
        settings.put("net.ipv6.icmp.echo_ignore_all", "0");
        settings.put("net.ipv6.icmp.echo_ignore_multicast", "0");
        settings.put("net.ipv6.ip6frag_time", "60");
        settings.put("net.ipv6.route.mtu_expires", "600");
        return settings;
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
