package dev.culvert.reports.matrix;

import dev.culvert.conformance.RequirementInfo;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The verdicts of a run as rows and columns: a row for each requirement that was judged, a column for each topology. */
public record Matrix(List<Observed> columns, List<Row> rows) {

    /** The verdicts on one requirement, by topology. A topology that it does not speak of has none. */
    public record Row(RequirementInfo requirement, Map<String, Cell> cells) {

        public Optional<Cell> on(Observed observed) {
            return Optional.ofNullable(cells.get(observed.name()));
        }

        /** Why there is no verdict on a topology. */
        public String absence(Observed observed) {
            return requirement.inapplicableTo(observed.evidence().topology()).orElse("was not judged");
        }
    }

    /** Lays out a run. */
    public static Matrix of(RunResult result) {
        Map<RequirementInfo, List<Cell>> judged = result.cells().stream()
                .collect(Collectors.groupingBy(Cell::requirement, LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = judged.entrySet().stream()
                .map(e ->
                        new Row(e.getKey(), e.getValue().stream().collect(Collectors.toMap(Cell::where, cell -> cell))))
                .toList();
        return new Matrix(result.observed(), rows);
    }

    /** The rows of each source section, in the order of the catalogue. */
    public Map<String, List<Row>> sections() {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> row.requirement().section(), LinkedHashMap::new, Collectors.toList()));
    }
}
