package dev.culvert.reports;

import dev.culvert.conformance.Finding;
import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.Requirement;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Requirements;
import dev.culvert.conformance.Verdict;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.reports.result.RunResult;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Topology;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A run of the size that all kinds on two kernels have: every fact in it follows from the numbers of row and column. */
public final class LargeRun {

    public static final int KINDS = 15;
    public static final int TOPOLOGIES_OF_A_KIND = 4;
    public static final int REQUIREMENTS = 200;
    public static final int CELLS = KINDS * TOPOLOGIES_OF_A_KIND * 2 * REQUIREMENTS;

    /** The kernels by the names that the report gives them. */
    public static final List<String> KERNELS = List.of("6.12", "6.1");

    private static final int FINDINGS_OF_A_CELL = 12;

    private LargeRun() {}

    /**
     * Every third requirement speaks of every third topology alone; of the rest, requirement 7 deviates everywhere, requirement 10 fails on
     * 6.1 alone, and all else holds.
     */
    public static RunResult realistic() {
        return run((row, column, kernel) -> {
            if (row % 3 == 0 && column % 3 != 0) {
                return null;
            }
            if (row == 7) {
                return new Verdict(Outcome.DEVIATES, "outer ttl", 3, List.of(finding(Outcome.DEVIATES, "63")));
            }
            return row == 10 && kernel == 1
                    ? new Verdict(Outcome.FAIL, "outer ttl", 3, List.of(finding(Outcome.FAIL, "62")))
                    : new Verdict(Outcome.PASS, row % 20 + 2 + " comparisons hold", row % 20 + 2, List.of());
        });
    }

    /** Every cell fails in more ways than are shown, each in its own words. */
    public static RunResult everythingFails() {
        return run((row, column, kernel) -> new Verdict(
                Outcome.FAIL,
                "outer ttl",
                FINDINGS_OF_A_CELL,
                IntStream.range(0, FINDINGS_OF_A_CELL)
                        .mapToObj(i -> finding(Outcome.FAIL, column + " " + kernel + " " + i))
                        .toList()));
    }

    /** Gives null where the requirement does not speak of the topology. */
    private interface Cells {
        Verdict at(int row, int column, int kernel);
    }

    private static RunResult run(Cells cells) {
        List<RequirementInfo> requirements = requirements();
        SampleRun run = new SampleRun();
        for (int kernel = 0; kernel < KERNELS.size(); kernel++) {
            run.kernel(KERNELS.get(kernel) + ".0-49-amd64");
            List<Topology> topologies = topologies();
            topologies.forEach(run::on);
            for (int column = 0; column < topologies.size(); column++) {
                for (int row = 0; row < requirements.size(); row++) {
                    Verdict verdict = cells.at(row, column, kernel);
                    if (verdict != null) {
                        run.judge(
                                requirements.get(row).id(),
                                topologies.get(column).name() + "@" + KERNELS.get(kernel),
                                verdict);
                    }
                }
            }
        }
        return run.result(requirements);
    }

    private static Finding finding(Outcome outcome, String actual) {
        return new Finding(
                outcome,
                "outer ttl",
                "64",
                actual,
                null,
                new Finding.Excerpt(SampleRun.POINT, 12, LinkType.ETHERNET, SampleRun.PACKET, 22, 1));
    }

    private static List<Topology> topologies() {
        List<Topology> topologies = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            Kind named = named(SampleTopologies.plain("x").kind(), "kind" + kind);
            for (int variant = 0; variant < TOPOLOGIES_OF_A_KIND; variant++) {
                Topology plain = SampleTopologies.plain("kind" + kind + (variant == 0 ? "" : "-variant" + variant));
                topologies.add(new Topology(
                        plain.name(),
                        "variant " + variant + " of kind " + kind,
                        "",
                        plain.source(),
                        List.of(),
                        named,
                        plain.a(),
                        plain.b(),
                        null,
                        null,
                        null,
                        plain.throughput()));
            }
        }
        return topologies;
    }

    /** The catalogue's own texts, again under other ids until there are enough. */
    private static List<RequirementInfo> requirements() {
        List<RequirementInfo> known = Requirements.all();
        return IntStream.range(0, REQUIREMENTS)
                .mapToObj(i -> {
                    RequirementInfo like = known.get(i % known.size());
                    return new RequirementInfo(
                            answering(Requirement.class, like.text(), "id", "SAMPLE-" + i + "-" + like.id()),
                            like.section(),
                            like.method());
                })
                .toList();
    }

    private static Kind named(Kind like, String name) {
        return answering(Kind.class, like, "name", name);
    }

    private static <T> T answering(Class<T> type, T like, String method, String answer) {
        return type.cast(Proxy.newProxyInstance(
                LargeRun.class.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    if (called.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    return called.getName().equals(method) ? answer : invoke(called, like, arguments);
                }));
    }

    private static Object invoke(Method called, Object on, Object[] arguments) throws ReflectiveOperationException {
        return called.invoke(on, arguments);
    }
}
