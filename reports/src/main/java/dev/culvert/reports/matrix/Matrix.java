package dev.culvert.reports.matrix;

import dev.culvert.conformance.RequirementInfo;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.Kernels;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The verdicts of a run as rows and columns.
 *
 * @param columns one for each topology on each kernel, those of a kind side by side, and among them those of a kernel
 * @param rows one for each requirement that was judged, those of a source below each other
 */
public record Matrix(List<Observed> columns, List<Row> rows, Kernels kernels) {

    /** The verdicts on one requirement, by the names of the columns. A topology that it does not speak of has none. */
    public record Row(RequirementInfo requirement, Map<String, Cell> cells) {

        public Optional<Cell> on(Observed observed) {
            return Optional.ofNullable(cells.get(observed.name()));
        }

        /** Why there is no verdict on a topology. */
        public String absence(Observed observed) {
            return requirement.inapplicableTo(observed.evidence()).orElse("was not judged");
        }

        Section section() {
            return Section.of(requirement.section());
        }
    }

    /** Lays out a run. */
    public static Matrix of(RunResult result) {
        Kernels kernels = Kernels.of(result.observed());
        List<Observed> columns = result.observed().stream()
                .collect(Collectors.groupingBy(Matrix::kind, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(ofKind -> ofKind.stream()
                        .sorted(Comparator.comparing(seen -> kernels.names().indexOf(kernels.name(seen)))))
                .toList();
        Map<RequirementInfo, List<Cell>> judged = result.cells().stream()
                .collect(Collectors.groupingBy(Cell::requirement, LinkedHashMap::new, Collectors.toList()));
        List<Row> rows = judged.entrySet().stream()
                .map(e ->
                        new Row(e.getKey(), e.getValue().stream().collect(Collectors.toMap(Cell::where, cell -> cell))))
                .sorted(Comparator.comparing(row -> row.section().order()))
                .toList();
        return new Matrix(columns, together(rows), kernels);
    }

    /** The rows of a section are not side by side in the catalogue, which is ordered by id. */
    private static List<Row> together(List<Row> rows) {
        return grouped(rows, row -> row.requirement().section()).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The rows of each source section. */
    public Map<String, List<Row>> sections() {
        return grouped(rows, row -> row.requirement().section());
    }

    /** The rows of each source and, within it, of each section. */
    Map<String, Map<String, List<Row>>> sources() {
        Map<String, Map<String, List<Row>>> sources = new LinkedHashMap<>();
        grouped(rows, row -> row.section().source())
                .forEach((source, below) ->
                        sources.put(source, grouped(below, row -> row.section().title())));
        return sources;
    }

    /** The columns of each kind and, within it, of each kernel by its short name. */
    Map<String, Map<String, List<Observed>>> kinds() {
        Map<String, Map<String, List<Observed>>> kinds = new LinkedHashMap<>();
        grouped(columns, Matrix::kind).forEach((kind, below) -> kinds.put(kind, grouped(below, kernels::name)));
        return kinds;
    }

    static String kind(Observed observed) {
        return observed.evidence().topology().kind().name();
    }

    private static <T> Map<String, List<T>> grouped(List<T> all, Function<T, String> by) {
        return all.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }
}
