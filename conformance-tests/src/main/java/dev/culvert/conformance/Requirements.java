package dev.culvert.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The catalogue: every requirement of every conformance class of this package and those below it. */
public final class Requirements {

    private static final List<Class<?>> SECTIONS = ReflectionSupport.findAllClassesInPackage(
                    Requirements.class.getPackageName(),
                    type -> type.isAnnotationPresent(ConformanceTest.class),
                    name -> true)
            .stream()
            .sorted(Comparator.comparing(
                            (Class<?> section) -> !section.getSimpleName().startsWith("Rfc"))
                    .thenComparing(Class::getName))
            .toList();

    private static final List<RequirementInfo> ALL =
            SECTIONS.stream().flatMap(Requirements::of).toList();

    private Requirements() {}

    /** The conformance classes: those of RFCs first, then by name. */
    public static List<Class<?>> sections() {
        return SECTIONS;
    }

    /** Every requirement, in the order of its section and id. */
    public static List<RequirementInfo> all() {
        return ALL;
    }

    /** The requirement of that id. */
    public static Optional<RequirementInfo> find(String id) {
        return ALL.stream().filter(r -> r.id().equalsIgnoreCase(id)).findFirst();
    }

    private static Stream<RequirementInfo> of(Class<?> section) {
        return AnnotationSupport.findAnnotatedMethods(section, Requirement.class, HierarchyTraversalMode.TOP_DOWN)
                .stream()
                .map(RequirementInfo::of)
                .sorted(Comparator.comparing(RequirementInfo::id));
    }
}
