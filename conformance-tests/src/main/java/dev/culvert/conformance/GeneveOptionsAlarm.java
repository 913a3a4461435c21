package dev.culvert.conformance;

import dev.culvert.harness.lab.KernelComplaint;
import java.util.regex.Pattern;

/**
 * A false alarm of Linux, which it raises once after boot, when it copies the options of a Geneve header: ip_tunnel_info_opts_set in
 * include/net/ip_tunnels.h copies them behind struct ip_tunnel_info, where metadata_dst_alloc in net/core/dst.c has made room, but the fortified memcpy
 * knows of none until they became the structure's last member. It says nothing of the topology that happens to be up.
 */
final class GeneveOptionsAlarm {

    /** What memcpy says, and behind it the warning with the place of the copy and the function that it is part of. */
    private static final Pattern ALARM =
            Pattern.compile("memcpy: detected field-spanning write .* at include/net/ip_tunnels\\.h:\\d+ .*\\R"
                    + "(.*WARNING: .* at include/net/ip_tunnels\\.h:\\d+ geneve_udp_encap_recv\\+.*)");

    private GeneveOptionsAlarm() {}

    /** Tells whether a complaint in a kernel log is this one. */
    static boolean isMeantBy(KernelComplaint complaint, String log) {
        return ALARM.matcher(log)
                .results()
                .anyMatch(alarm -> complaint.excerpt().startsWith(alarm.group(1)));
    }
}
