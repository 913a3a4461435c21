package dev.culvert.conformance;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Kinds;
import dev.culvert.topologies.Topology;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A requirement as the catalogue lists it, and the pure function from evidence to verdict that it is. */
public record RequirementInfo(Requirement text, String section, Method method) {

    /** Reads the annotations of a requirement method. */
    static RequirementInfo of(Method method) {
        return new RequirementInfo(
                method.getAnnotation(Requirement.class),
                method.getDeclaringClass().getAnnotation(ConformanceTest.class).value(),
                method);
    }

    public String id() {
        return text.id();
    }

    /** The names of the tunnel kinds it speaks of. */
    public List<String> kinds() {
        return kindsAsSaid().contains(Requirement.EVERY_KIND)
                ? Kinds.all().stream().map(Kind::name).toList()
                : kindsAsSaid();
    }

    /** The tunnel kinds it speaks of as it says them: {@link Requirement#EVERY_KIND} may be among them. */
    public List<String> kindsAsSaid() {
        return said(text.kinds(), SpeaksOf::kinds, List.of("ipip"));
    }

    /** The families of IP inside the tunnel that it speaks of. */
    public List<Family> inside() {
        return said(text.inside(), SpeaksOf::inside, List.of(Family.IPV4));
    }

    /** The families of IP of the outer header that it speaks of. */
    public List<Family> outside() {
        return said(text.outside(), SpeaksOf::outside, List.of(Family.IPV4));
    }

    /** What the topology must have. */
    public List<Trait> needs() {
        return said(text.needs(), SpeaksOf::needs, List.of());
    }

    /** What the requirement says itself, or else its class, or else what holds where nobody says anything. */
    private <T> List<T> said(T[] own, Function<SpeaksOf, T[]> ofClass, List<T> otherwise) {
        SpeaksOf common = method.getDeclaringClass().getAnnotation(SpeaksOf.class);
        return Stream.of(Optional.of(own), Optional.ofNullable(common).map(ofClass))
                .flatMap(Optional::stream)
                .filter(said -> said.length > 0)
                .findFirst()
                .map(List::of)
                .orElse(otherwise);
    }

    /** Why it says nothing of a topology, or empty when it does. */
    public Optional<String> inapplicableTo(Topology topology) {
        if (!kinds().contains(topology.kind().name())) {
            return Optional.of("speaks of " + String.join(", ", kindsAsSaid()) + ", not of "
                    + topology.kind().name());
        }
        if (topology.toGroup() && !text.groups()) {
            return Optional.of("speaks of ends that send to each other, not to a group");
        }
        if (!topology.carriesUnlabelled() && !text.labelledAlone()) {
            return Optional.of("speaks of tunnels that let IP without labels through");
        }
        Optional<String> otherFamily = otherFamily("inside the tunnel", inside(), topology.innerFamily())
                .or(() -> otherFamily("between the servers", outside(), topology.outerFamily()));
        return otherFamily.or(() -> missing(topology));
    }

    private static Optional<String> otherFamily(String where, List<Family> spoken, Family family) {
        return spoken.contains(family)
                ? Optional.empty()
                : Optional.of("speaks of "
                        + spoken.stream().map(Family::title).collect(Collectors.joining(" and ")) + " " + where
                        + ", not of " + family.title());
    }

    private Optional<String> missing(Topology topology) {
        return needs().stream().filter(trait -> !trait.of(topology)).findFirst().map(trait -> "needs " + trait.words());
    }

    /** Why it says nothing of a piece of evidence, or empty when it does. */
    public Optional<String> inapplicableTo(Evidence evidence) {
        if (text.throughput() && evidence.throughput().isEmpty()) {
            return Optional.of("judges throughput, which was not measured");
        }
        Collection<PlaceState> states = evidence.configured().values();
        if (text.dump()
                && !states.isEmpty()
                && states.stream().allMatch(state -> state.devices().isMissingNode())) {
            return Optional.of("judges a netlink dump of the devices, and this evidence is older than that");
        }
        return inapplicableTo(evidence.topology());
    }

    /** Judges evidence. Never throws for what the evidence holds or lacks: that is UNSUPPORTED or BROKEN. */
    public Verdict judge(Evidence evidence) {
        Completion completion = evidence.manifest().completion();
        if (completion instanceof Completion.Lacking lacking) {
            return new Verdict(
                    Outcome.UNSUPPORTED,
                    "this kernel lacks " + lacking.what() + ": " + lacking.kernelSaid(),
                    0,
                    List.of());
        }
        Judge judge = new Judge();
        try {
            run(evidence, judge);
            return judge.verdict();
        } catch (NotObserved e) {
            String lost =
                    completion instanceof Completion.Lost l ? " (the observation ended early: " + l.why() + ")" : "";
            return new Verdict(Outcome.BROKEN, e.getMessage() + lost, 0, List.of());
        } catch (Throwable e) {
            return new Verdict(Outcome.BROKEN, "the requirement itself failed: " + e, 0, List.of());
        }
    }

    private void run(Evidence evidence, Judge judge) throws Throwable {
        var constructor = method.getDeclaringClass().getDeclaredConstructor(Evidence.class);
        constructor.setAccessible(true);
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance(evidence), judge);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
