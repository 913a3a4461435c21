package dev.culvert.ci;

import dev.culvert.conformance.Level;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Topology;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select requirements. What is given twice adds up; different options narrow each other. */
final class Selection {

    @Spec(Spec.Target.MIXEE)
    CommandSpec spec;

    @Option(
            names = {"-r", "--requirement"},
            paramLabel = "ID",
            description = "Only this requirement; * stands for any characters, as in RFC2003-3.1-*.")
    List<String> ids = List.of();

    @Option(
            names = {"-t", "--tag"},
            paramLabel = "TAG",
            description = "Only requirements with this tag.")
    List<String> tags = List.of();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "Only requirements of this level: MUST, MUST_NOT, SHOULD, SHOULD_NOT, MAY, LINUX.")
    List<Level> levels = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only topologies and requirements of this tunnel kind.")
    private List<String> kinds = List.of();

    /** The names of the selected tunnel kinds, none for all; one that there is not is refused. */
    List<String> kinds() {
        List<String> known = Kinds.all().stream().map(Kind::name).toList();
        for (String kind : kinds) {
            if (!known.contains(kind)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--kind: \"" + kind + "\" is no tunnel kind; there are " + String.join(", ", known));
            }
        }
        return kinds;
    }

    /** The selected requirements; a selector that selects none is refused, so that a typing error is no success. */
    List<RequirementInfo> requirements() {
        kinds();
        ids.forEach(this::refuseUnknown);
        Set<String> known = Requirements.all().stream()
                .flatMap(r -> Arrays.stream(r.text().tags()))
                .collect(Collectors.toSet());
        for (String tag : tags) {
            if (!known.contains(tag)) {
                throw new ParameterException(
                        spec.commandLine(), "no requirement has the tag \"" + tag + "\"; known: " + sorted(known));
            }
        }
        return Requirements.all().stream().filter(this::selects).toList();
    }

    /** Refuses a selection that selects nothing. Without a selector there is nothing to refuse, and the requirements are not even read. */
    void check(List<Topology> topologies) {
        if (!Stream.of(ids, tags, levels, kinds).allMatch(List::isEmpty)) {
            refuseNothingToJudge(requirements(), topologies);
        }
    }

    /** Refuses a selection of which nothing applies to the topologies: no verdict at all would look like success. */
    void refuseNothingToJudge(List<RequirementInfo> requirements, List<Topology> topologies) {
        boolean any = topologies.stream()
                .anyMatch(t ->
                        requirements.stream().anyMatch(r -> r.inapplicableTo(t).isEmpty()));
        if (!any) {
            throw new ParameterException(
                    spec.commandLine(),
                    "none of the selected requirements applies to "
                            + topologies.stream().map(Topology::name).collect(Collectors.joining(", ")));
        }
    }

    private boolean selects(RequirementInfo requirement) {
        return (ids.isEmpty() || ids.stream().anyMatch(id -> glob(id).test(requirement.id())))
                && (tags.isEmpty() || Arrays.stream(requirement.text().tags()).anyMatch(tags::contains))
                && (levels.isEmpty() || levels.contains(requirement.text().level()))
                && (kinds.isEmpty() || requirement.kinds().stream().anyMatch(kinds::contains));
    }

    private void refuseUnknown(String id) {
        if (Requirements.all().stream().noneMatch(r -> glob(id).test(r.id()))) {
            throw new ParameterException(
                    spec.commandLine(), "no requirement matches \"" + id + "\"; `culvert list` names them all");
        }
    }

    private static Predicate<String> glob(String id) {
        String regex = Arrays.stream(id.toUpperCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).asMatchPredicate();
    }

    private static String sorted(Set<String> words) {
        return words.stream().sorted().collect(Collectors.joining(", "));
    }
}
