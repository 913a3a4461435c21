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
 * The findings of a matrix, each once for each requirement however many cells show it, with the packet of the first of them. A kernel on
 * which nothing works finds something in every cell, so each cell shows only its worst, and findings and packets are shown while there is
 * room for them.
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
    private int room = ROOM;

    FoundOnce(Matrix matrix) {
        this.severalKernels = matrix.kernels().several();
    }

    /**
     * A finding.
     *
     * @param where what the packet was seen on: {@code packet 12 on a.eth0, during "tos-default", of gre}
     * @param packet its dissection and bytes in HTML, or null where the finding is not about a packet or there was no more room
     */
    record Found(
            Outcome outcome,
            String what,
            String expected,
            String actual,
            @Nullable String source,
            @Nullable String where,
            @Nullable String packet) {}

    /**
     * A finding in a cell: its number, how many times it was made there, and the first packet it was made on, if any, by capture point
     * and number in the capture.
     */
    record Sighting(
            int found,
            int times,
            @Nullable String point,
            @Nullable Long index) {

        /** As short as it can be: there is one for each finding in each cell. */
        @JsonValue
        List<Object> values() {
            return point == null || index == null ? List.of(found, times) : List.of(found, times, point, index);
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

    private Sighting sighting(RepeatedFinding repeated, Cell cell) {
        Finding finding = repeated.finding();
        String key = cell.requirement().id() + "\n" + finding.outcome() + "\n" + finding.line();
        Integer number = numbers.get(key);
        if (number == null) {
            number = all.size();
            numbers.put(key, number);
            all.add(found(finding, cell));
        }
        Finding.Excerpt excerpt = finding.excerpt();
        return new Sighting(
                number,
                repeated.times(),
                excerpt == null ? null : excerpt.point().toString(),
                excerpt == null ? null : excerpt.index());
    }

    private Found found(Finding finding, Cell cell) {
        FoundPacket packet = FoundPacket.of(finding, cell.observed().evidence()).orElse(null);
        String markup = packet == null || room <= 0
                ? null
                : PacketMarkup.of(packet.dissection(), packet.mark()).toString();
        room -= markup == null ? 0 : markup.length();
        return new Found(
                finding.outcome(),
                finding.what(),
                finding.expected(),
                finding.actual(),
                finding.source(),
                packet == null
                        ? null
                        : packet.title() + " of " + cell.observed().topology()
                                + (severalKernels
                                        ? ", kernel " + cell.observed().release()
                                        : ""),
                markup);
    }
}
