package dev.culvert.ci;

import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Option;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.util.stream.Collectors;

/** The tunnel kinds as a Markdown table: what README.md shows. */
final class KindsTable {

    private KindsTable() {}

    static String markdown() {
        String rows = Kinds.all().stream().map(KindsTable::row).collect(Collectors.joining("\n"));
        return "| kind | what it is | options | topologies |\n| --- | --- | --- | --- |\n" + rows;
    }

    private static String row(Kind kind) {
        String options =
                kind.options().stream().map(Option::name).map(KindsTable::code).collect(Collectors.joining(", "));
        String topologies = Topologies.bundled().stream()
                .filter(topology -> topology.kind().equals(kind))
                .map(Topology::name)
                .map(KindsTable::code)
                .collect(Collectors.joining(", "));
        return "| " + String.join(" | ", code(kind.name()), kind.title(), options, topologies) + " |";
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
