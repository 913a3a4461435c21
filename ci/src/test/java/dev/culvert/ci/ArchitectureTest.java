package dev.culvert.ci;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

@AnalyzeClasses(packages = "dev.culvert", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule importsRunOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("ci")
            .definedBy("dev.culvert.ci..")
            .layer("reports")
            .definedBy("dev.culvert.reports..")
            .layer("conformance-tests")
            .definedBy("dev.culvert.conformance..")
            .layer("harness")
            .definedBy("dev.culvert.harness..")
            .layer("topologies")
            .definedBy("dev.culvert.topologies..")
            .whereLayer("ci")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("reports")
            .mayOnlyBeAccessedByLayers("ci")
            .whereLayer("conformance-tests")
            .mayOnlyBeAccessedByLayers("ci", "reports")
            .whereLayer("harness")
            .mayOnlyBeAccessedByLayers("ci", "reports", "conformance-tests");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.culvert.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule dockerStaysWhereContainersAre = noClasses()
            .that(resideOutsideOfPackages("dev.culvert.harness.lab..", "dev.culvert.harness.server.."))
            .should()
            .dependOnClassesThat(
                    resideInAPackage("com.github.dockerjava..").or(resideInAPackage("org.testcontainers..")));

    @ArchTest
    static final ArchRule onlyTheCommandLineAndTheWorkerPrint = noClasses()
            .that(resideOutsideOfPackages("dev.culvert.ci..", "dev.culvert.harness.run.."))
            .should(com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    /** Waiting says what for and how long at most; what is done again and again is a scheduled thread's. */
    @ArchTest
    static final ArchRule nobodySleeps = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(TimeUnit.class, "sleep", long.class);

    /** No rule above passes on an empty set of classes. */
    @ArchTest
    static void everyLayerIsThere(JavaClasses classes) {
        for (String layer : new String[] {"ci", "reports", "conformance", "harness", "topologies"}) {
            assertThat(classes.stream().filter(resideInAPackage("dev.culvert." + layer + "..")))
                    .as("classes of dev.culvert.%s", layer)
                    .hasSizeGreaterThan(8);
        }
    }
}
