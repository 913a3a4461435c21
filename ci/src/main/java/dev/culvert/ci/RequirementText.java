package dev.culvert.ci;

import dev.culvert.conformance.Requirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Trait;
import dev.culvert.topologies.Family;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A requirement as people and as programs read it. */
final class RequirementText {

    private RequirementText() {}

    static Map<String, Object> json(RequirementInfo info) {
        Requirement requirement = info.text();
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("id", requirement.id());
        text.put("level", requirement.level().words());
        text.put("section", info.section());
        text.put("source", requirement.source());
        text.put("sentence", requirement.sentence());
        text.put("provoked", requirement.provoked());
        text.put("observed", requirement.observed());
        text.put("kinds", info.kinds());
        text.put("inside", families(info.inside()));
        text.put("outside", families(info.outside()));
        text.put("needs", info.needs().stream().map(Trait::words).toList());
        text.put("tags", List.of(requirement.tags()));
        return text;
    }

    static void print(RequirementInfo info, PrintWriter out) {
        Requirement requirement = info.text();
        out.printf("%s%n%n", requirement.id());
        line(out, "level", requirement.level().words());
        line(out, "source", requirement.source());
        line(out, "section", info.section());
        line(out, "demands", requirement.sentence());
        line(out, "provoked", requirement.provoked());
        line(out, "observed", requirement.observed());
        line(out, "kinds", String.join(", ", info.kindsAsSaid()));
        line(out, "inside", String.join(" or ", families(info.inside())));
        line(out, "outside", String.join(" or ", families(info.outside())));
        line(
                out,
                "needs",
                info.needs().isEmpty()
                        ? "nothing in particular"
                        : info.needs().stream().map(Trait::words).collect(Collectors.joining("; ")));
        line(out, "tags", requirement.tags().length == 0 ? "none" : String.join(", ", requirement.tags()));
    }

    private static List<String> families(List<Family> families) {
        return families.stream().map(Family::title).toList();
    }

    private static void line(PrintWriter out, String name, String text) {
        out.printf("  %-9s %s%n", name, text);
    }
}
