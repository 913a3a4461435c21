package dev.culvert.harness.server;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.netlink.LinkStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes flat names of what the kernel tells: {@code link.t1.rx_errors}, {@code snmp.Ip.InHdrErrors}. */
final class CounterReading {

    /** The fields of {@code struct rtnl_link_stats64} in the kernel's order (include/uapi/linux/if_link.h). */
    private static final List<String> LINK_STATISTICS = List.of(
            "rx_packets",
            "tx_packets",
            "rx_bytes",
            "tx_bytes",
            "rx_errors",
            "tx_errors",
            "rx_dropped",
            "tx_dropped",
            "multicast",
            "collisions",
            "rx_length_errors",
            "rx_over_errors",
            "rx_crc_errors",
            "rx_frame_errors",
            "rx_fifo_errors",
            "rx_missed_errors",
            "tx_aborted_errors",
            "tx_carrier_errors",
            "tx_fifo_errors",
            "tx_heartbeat_errors",
            "tx_window_errors",
            "rx_compressed",
            "tx_compressed",
            "rx_nohandler",
            "rx_otherhost_dropped");

    private CounterReading() {}

    /** Reads the counters of one network namespace out of an answer. */
    static Counters read(Answer answer) {
        long atNanos = answer.u64();
        Map<String, Long> values = new TreeMap<>();
        List<LinkStatistics> links = LinkStatistics.all(answer.raw(answer.u32()));
        Map<Long, String> names = names(answer.text());
        for (LinkStatistics link : links) {
            // One that came and went while the names were asked for has none.
            if (names.containsKey(link.index())) {
                putLink(names.get(link.index()), link.counts(), values);
            }
        }
        for (int files = answer.u32(); files > 0; files--) {
            String file = answer.text();
            List<String> lines = answer.text().lines().toList();
            if (file.equals("snmp") || file.equals("netstat")) {
                readPairsOfLines(file, lines, values);
            } else {
                readLines(file, lines, values);
            }
        }
        return new Counters(atNanos, values);
    }

    /** {@code 7 t1}: index and name. */
    private static Map<Long, String> names(String lines) {
        Map<Long, String> names = new HashMap<>();
        lines.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            names.put(Long.valueOf(line.substring(0, blank)), line.substring(blank + 1));
        });
        return names;
    }

    private static void putLink(String name, List<Long> counts, Map<String, Long> values) {
        for (int i = 0; i < counts.size() && i < LINK_STATISTICS.size(); i++) {
            values.put("link." + name + "." + LINK_STATISTICS.get(i), counts.get(i));
        }
    }

    /** {@code Ip: Forwarding DefaultTTL}, and on the next line {@code Ip: 1 64}. */
    private static void readPairsOfLines(String file, List<String> lines, Map<String, Long> values) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            String[] names = lines.get(i).split(" ", -1);
            String[] numbers = lines.get(i + 1).split(" ", -1);
            String group = names[0].substring(0, names[0].length() - 1);
            for (int k = 1; k < names.length && k < numbers.length; k++) {
                values.put(file + "." + group + "." + names[k], Long.parseLong(numbers[k]));
            }
        }
    }

    /** {@code XfrmInNoStates 12}. */
    private static void readLines(String file, List<String> lines, Map<String, Long> values) {
        for (String line : lines) {
            String[] fields = line.trim().split(" ", -1);
            values.put(file + "." + fields[0], Long.parseUnsignedLong(fields[1]));
        }
    }
}
