package dev.culvert.reports.matrix;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.culvert.conformance.Finding;
import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.FoundPacket;
import dev.culvert.reports.result.RepeatedFinding;
import dev.culvert.reports.text.PacketMarkup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The findings of a matrix, each once for each requirement however many cells show it, and the packets they were made on. A kernel on which
 * nothing works finds something in every cell, so each cell shows only its worst, and findings and packets are shown while there is room for
 * them; a cell that comes later shows the packet of the first.
 */
final class FoundOnce {

    private static final int SHOWN_IN_A_CELL = 4;
    /** Findings in the whole page. */
    private static final int FINDINGS = 20_000;
    /** Characters of packets in the whole page. */
    private static final int ROOM = 4_000_000;

    private final boolean severalKernels;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Found> all = new ArrayList<>();
    /** The packet of the first cell that shows a finding, by the finding's number. */
    private final Map<Integer, Integer> firstPackets = new HashMap<>();

    private final List<Packet> packets = new ArrayList<>();
    private int room = ROOM;

    FoundOnce(Matrix matrix) {
        this.severalKernels = matrix.kernels().several();
    }

    /** A finding, without the packet. */
    record Found(
            Outcome outcome,
            String what,
            String expected,
            String actual,
            @Nullable String source) {}

    /**
     * A packet.
     *
     * @param where what it was seen on: {@code packet 12 on a.eth0, during "tos-default", of gre}
     * @param markup its dissection and bytes in HTML
     */
    record Packet(String where, String markup) {}

    /**
     * A finding in a cell: its number, how many times it was made there, and the first packet it was made on, if any: by capture point and
     * number in the capture, and by its number among the packets or -1.
     */
    record Sighting(int found, int times, @Nullable String point, long index, int packet) {

        /** As short as it can be: there is one for each finding in each cell. */
        @JsonValue
        List<Object> values() {
            return point == null ? List.of(found, times) : List.of(found, times, point, index, packet);
        }
    }

    /** What a cell shows, the worst first; nothing when the page is full. */
    List<Sighting> sightings(Cell cell) {
        if (all.size() >= FINDINGS) {
            return List.of();
        }
        return cell.findings().stream()
                .limit(SHOWN_IN_A_CELL)
                .map(repeated -> sighting(repeated, cell))
                .toList();
    }

    /** Every finding that a cell shows, by its number. */
    List<Found> all() {
        return List.copyOf(all);
    }

    /** Every packet that a cell shows, by its number. */
    List<Packet> packets() {
        return List.copyOf(packets);
    }

    private Sighting sighting(RepeatedFinding repeated, Cell cell) {
        Finding finding = repeated.finding();
        String key = cell.requirement().id() + "\n" + finding.outcome() + "\n" + finding.line();
        int number = numbers.computeIfAbsent(key, k -> {
            all.add(new Found(
                    finding.outcome(), finding.what(), finding.expected(), finding.actual(), finding.source()));
            return all.size() - 1;
        });
        Finding.Excerpt excerpt = finding.excerpt();
        return excerpt == null
                ? new Sighting(number, repeated.times(), null, 0, -1)
                : new Sighting(
                        number,
                        repeated.times(),
                        excerpt.point().toString(),
                        excerpt.index(),
                        packet(number, finding, cell));
    }

    /** The number of the finding's packet in this cell, or of its first one when there is no more room. */
    private int packet(int number, Finding finding, Cell cell) {
        if (room > 0) {
            FoundPacket packet =
                    FoundPacket.of(finding, cell.observed().evidence()).orElseThrow();
            String markup = PacketMarkup.of(packet.dissection(), packet.mark()).toString();
            String where = packet.title() + " of " + cell.observed().topology()
                    + (severalKernels ? ", kernel " + cell.observed().release() : "");
            packets.add(new Packet(where, markup));
            firstPackets.putIfAbsent(number, packets.size() - 1);
            room -= markup.length();
            return packets.size() - 1;
        }
        return firstPackets.getOrDefault(number, -1);
    }
}
