package dev.culvert.reports.result;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the pages refer to the rest of the report: by paths relative to themselves, so that the directory can be moved.
 *
 * @param directory the directory of the report
 * @param allure the generated Allure report, if there is one
 */
public record Links(Path directory, Optional<String> allure) {

    /** The evidence directory of a topology: relative where it lies below the report, otherwise its address; ends in a slash. */
    public String evidence(Observed observed) {
        Path evidence = observed.directory().toAbsolutePath().normalize();
        Path report = directory.toAbsolutePath().normalize();
        String address = evidence.startsWith(report)
                ? report.relativize(evidence).toString().replace('\\', '/')
                : evidence.toUri().toString();
        return address.endsWith("/") ? address : address + "/";
    }
}
