package dev.culvert.harness.evidence;

import java.util.Map;
import java.util.TreeMap;

/**
 * The counters of one place at one moment, by flat name: {@code link.t1.rx_errors} for device statistics,
 * {@code snmp.Ip.InHdrErrors}, {@code snmp6.Ip6InHdrErrors} and {@code netstat.IpExt.InCsumErrors} for the protocol counters of
 * {@code /proc/net/snmp}, {@code /proc/net/snmp6} and {@code /proc/net/netstat}.
 *
 * @param atNanos when they were read, nanoseconds since the epoch by the server's clock
 */
public record Counters(long atNanos, Map<String, Long> values) {

    public Counters {
        values = Map.copyOf(values);
    }

    /** The value of a counter; throws {@link NotObserved} where the kernel reported none of that name. */
    public long get(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new NotObserved("the kernel reported no counter \"" + name + "\"");
        }
        return value;
    }

    /** The same counters with one of them changed. */
    public Counters with(String name, long value) {
        Map<String, Long> changed = new TreeMap<>(values);
        changed.put(name, value);
        return new Counters(atNanos, changed);
    }
}
