package dev.culvert.reports;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the parts of a report are.
 *
 * @param index the page to open first
 * @param allure the generated Allure report, if it could be made
 * @param remark why there is no generated Allure report, if there is none
 */
public record ReportFiles(
        Path index,
        Path matrixPage,
        Path matrixMarkdown,
        Path matrixJson,
        Path junitXml,
        Path allureResults,
        Optional<Path> allure,
        Optional<String> remark) {}
