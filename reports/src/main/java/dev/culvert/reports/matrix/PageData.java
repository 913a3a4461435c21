package dev.culvert.reports.matrix;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.Outcome;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.text.Markup;
import dev.culvert.reports.text.Quantity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the cells of the page, as data for its script. What many cells have in common is there once and referred to by its
 * number: reasons, verdicts, findings.
 */
final class PageData {

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private final Matrix matrix;
    private final Links links;
    private final FoundOnce found;
    private final Map<Judged, Integer> judged = new LinkedHashMap<>();
    private final Map<String, Integer> absences = new LinkedHashMap<>();

    private PageData(Matrix matrix, Links links) {
        this.matrix = matrix;
        this.links = links;
        this.found = new FoundOnce(matrix);
    }

    /**
     * @param judged the distinct verdicts
     * @param found the distinct findings
     * @param packets the packets that findings were made on
     * @param absent the distinct reasons why there is no verdict
     */
    private record Document(
            List<Column> columns,
            List<Row> rows,
            List<Judged> judged,
            List<FoundOnce.Found> found,
            List<FoundOnce.Packet> packets,
            List<String> absent) {}

    /**
     * @param kernel the short name of the kernel
     * @param evidence where the evidence is, as a link that ends in a slash
     */
    private record Column(
            String name,
            String topology,
            String title,
            String kind,
            String kernel,
            String release,
            String lab,
            String evidence) {}

    /** @param cells for each column the number of its verdict, or one less than the negative number of the reason why there is none */
    private record Row(
            String id,
            String level,
            List<String> tags,
            String section,
            String source,
            String sentence,
            String provoked,
            String observed,
            List<Integer> cells) {}

    /** @param more how many findings are left out; they are in the data and in Allure's report */
    private record Judged(
            Outcome outcome,
            String result,
            List<FoundOnce.Sighting> found,
            @Nullable Integer more) {}

    /** The data of a matrix in JSON, fit to stand in a script element. */
    static Markup of(Matrix matrix, Links links) {
        try {
            String json = JSON.writeValueAsString(new PageData(matrix, links).document());
            // Nothing in it can end the element: HTML standard, "Restrictions for contents of script elements".
            return Markup.trusted(json.replace("<", "\\u003c"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the matrix cannot be written as JSON", e);
        }
    }

    private Document document() {
        List<Row> rows = matrix.rows().stream().map(this::row).toList();
        return new Document(
                matrix.columns().stream().map(this::column).toList(),
                rows,
                List.copyOf(judged.keySet()),
                found.all(),
                found.packets(),
                List.copyOf(absences.keySet()));
    }

    private Column column(Observed observed) {
        var topology = observed.evidence().topology();
        return new Column(
                observed.name(),
                topology.name(),
                topology.title(),
                topology.kind().name(),
                matrix.kernels().name(observed),
                observed.release(),
                observed.evidence().manifest().lab(),
                links.evidence(observed));
    }

    private Row row(Matrix.Row row) {
        var text = row.requirement().text();
        return new Row(
                text.id(),
                text.level().words(),
                Arrays.asList(text.tags()),
                row.requirement().section(),
                text.source(),
                text.sentence(),
                text.provoked(),
                text.observed(),
                matrix.columns().stream()
                        .map(observed -> row.on(observed)
                                .map(this::judged)
                                .orElseGet(() -> -1 - number(absences, row.absence(observed))))
                        .toList());
    }

    private int judged(Cell cell) {
        List<FoundOnce.Sighting> sightings = found.sightings(cell);
        int more = cell.findings().size() - sightings.size();
        return number(judged, new Judged(cell.outcome(), result(cell), sightings, more == 0 ? null : more));
    }

    private static String result(Cell cell) {
        int count = cell.verdict().findings().size();
        return count == 0
                ? cell.verdict().because()
                : count + " of " + Quantity.counted(cell.verdict().checks(), "comparison", "comparisons")
                        + " did not hold";
    }

    private static <T> int number(Map<T, Integer> numbers, T value) {
        return numbers.computeIfAbsent(value, v -> numbers.size());
    }
}
