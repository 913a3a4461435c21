package dev.culvert.reports.matrix;

import dev.culvert.reports.result.Observed;
import dev.culvert.reports.text.Markup;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The head of the table: kinds, kernels where there are several, topologies. */
record MatrixHead(Matrix matrix) {

    Markup markup() {
        boolean kernels = matrix.kernels().several();
        return Markup.format(
                """
                <tr class="kinds"><th scope="col" class="corner" rowspan="{}">requirement</th>{}</tr>
                {}<tr class="topologies">{}</tr>
                """,
                kernels ? 3 : 2,
                matrix.kinds().entrySet().stream()
                        .map(kind -> group(kind.getKey(), size(kind.getValue())))
                        .collect(Markup.joining()),
                kernels ? Markup.format("<tr class=\"kernels\">{}</tr>\n", kernels()) : Markup.NONE,
                matrix.columns().stream().map(MatrixHead::column).collect(Markup.joining()));
    }

    private Markup kernels() {
        return matrix.kinds().values().stream()
                .map(Map::entrySet)
                .flatMap(Collection::stream)
                .map(kernel -> group(kernel.getKey(), kernel.getValue().size()))
                .collect(Markup.joining());
    }

    private static int size(Map<String, List<Observed>> kernels) {
        return kernels.values().stream().mapToInt(List::size).sum();
    }

    private static Markup group(String name, int columns) {
        return Markup.format(
                "<th scope=\"colgroup\" colspan=\"{}\" data-columns=\"{}\"><span>{}</span></th>",
                columns,
                columns,
                name);
    }

    private static Markup column(Observed observed) {
        var topology = observed.evidence().topology();
        return Markup.format(
                "<th scope=\"col\" title=\"{}\"><span>{}</span></th>",
                topology.title() + ", kernel " + observed.release(),
                topology.name());
    }
}
