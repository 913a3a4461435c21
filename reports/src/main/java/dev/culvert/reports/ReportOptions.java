package dev.culvert.reports;

import dev.culvert.reports.allure.AllureGenerator;
import java.util.Optional;

/**
 * What a report is made with.
 *
 * @param generator Allure's distribution; without it only Allure's results are written
 */
public record ReportOptions(Optional<AllureGenerator> generator) {

    /** With Allure's distribution where the build or {@value AllureGenerator#HOME} put it. */
    public static ReportOptions defaults() {
        return new ReportOptions(AllureGenerator.find());
    }

    /** Without a generated Allure report. */
    public static ReportOptions withoutAllure() {
        return new ReportOptions(Optional.empty());
    }

    /** Has what takes long made ready while there is nothing to report yet. */
    public void getReady() {
        generator.ifPresent(AllureGenerator::getReady);
    }

    /** What is missing when there is no generator. */
    String absence() {
        return "no Allure report was made: allure-commandline is not beside Culvert's classes; build with Maven, or say where it is with -D"
                + AllureGenerator.HOME;
    }
}
