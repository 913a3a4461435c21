package dev.culvert.harness.server;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.netlink.LinkStatistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one network namespace, kept up to date: its agent tells of a reading what differs from the one before (told.h). Makes flat names of
 * what the kernel tells: {@code link.t1.rx_errors}, {@code snmp.Ip.InHdrErrors}.
 */
final class KnownCounters {

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

    /** The files under {@code /proc/net} in the agent's order. */
    private static final List<CounterFile> FILES = List.of(
            new CounterFile("snmp", true),
            new CounterFile("netstat", true),
            new CounterFile("snmp6", false),
            new CounterFile("xfrm_stat", false));

    private final List<List<String>> lines = new ArrayList<>();
    private final Map<Long, List<String>> counterNames = new HashMap<>();
    private @Nullable Map<String, Long> values;

    /**
     * A file of counters.
     *
     * @param inPairs whether its lines come in pairs, {@code Ip: Forwarding DefaultTTL} and on the next one {@code Ip: 1 64}; otherwise each is
     *     one counter, {@code XfrmInNoStates 12}
     */
    private record CounterFile(String name, boolean inPairs) {}

    /** Reads what an answer tells of the next reading, and returns the whole of that. */
    Counters next(Answer answer) {
        long atNanos = answer.u64();
        boolean everything = answer.u8() != 0;
        Map<String, Long> known = everything ? Map.of() : known();
        Map<String, Long> changes = new HashMap<>();
        List<LinkStatistics> links = LinkStatistics.all(answer.raw(answer.u32()));
        if (everything) {
            forget();
            name(answer.text());
        }
        links.forEach(link -> putLink(link, changes));
        for (int file = 0; file < FILES.size(); file++) {
            for (int left = answer.u32(); left > 0; left--) {
                putLine(file, answer.u32(), answer.text(), changes);
            }
        }
        Counters counters = new Counters(atNanos, changed(known, changes));
        values = counters.values();
        return counters;
    }

    private Map<String, Long> known() {
        if (values == null) {
            throw new IllegalStateException("an agent told what differs from counters that it has not told");
        }
        return values;
    }

    private static Map<String, Long> changed(Map<String, Long> known, Map<String, Long> changes) {
        if (changes.isEmpty()) {
            return known;
        }
        Map<String, Long> changed = new HashMap<>(known);
        changed.putAll(changes);
        return changed;
    }

    private void forget() {
        counterNames.clear();
        lines.clear();
        FILES.forEach(file -> lines.add(new ArrayList<>()));
    }

    /** {@code 7 t1}: index and name. */
    private void name(String links) {
        links.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            String prefix = "link." + line.substring(blank + 1) + ".";
            counterNames.put(
                    Long.valueOf(line.substring(0, blank)),
                    LINK_STATISTICS.stream().map(prefix::concat).toList());
        });
    }

    private void putLink(LinkStatistics link, Map<String, Long> to) {
        // One that came and went while the names were asked for has none.
        List<String> names = counterNames.getOrDefault(link.index(), List.of());
        for (int i = 0; i < names.size() && i < link.counts().size(); i++) {
            to.put(names.get(i), link.counts().get(i));
        }
    }

    private void putLine(int file, int number, String line, Map<String, Long> to) {
        List<String> known = lines.get(file);
        if (number == known.size()) {
            known.add(line);
        } else {
            known.set(number, line);
        }
        CounterFile kind = FILES.get(file);
        if (!kind.inPairs()) {
            String[] fields = line.trim().split(" ", -1);
            to.put(kind.name() + "." + fields[0], Long.parseUnsignedLong(fields[1]));
        } else if (number % 2 == 1) {
            putPair(kind.name(), known.get(number - 1), line, to);
        }
    }

    private static void putPair(String file, String names, String numbers, Map<String, Long> to) {
        String[] name = names.split(" ", -1);
        String[] number = numbers.split(" ", -1);
        String prefix = file + "." + name[0].substring(0, name[0].length() - 1) + ".";
        for (int i = 1; i < name.length && i < number.length; i++) {
            to.put(prefix + name[i], Long.parseLong(number[i]));
        }
    }
}
