package dev.culvert.reports;

import dev.culvert.reports.allure.AllureGenerator;
import dev.culvert.reports.allure.AllureReport;
import dev.culvert.reports.index.IndexPage;
import dev.culvert.reports.junit.JUnitXml;
import dev.culvert.reports.matrix.MatrixJson;
import dev.culvert.reports.matrix.MatrixMarkdown;
import dev.culvert.reports.matrix.MatrixPage;
import dev.culvert.reports.picture.TopologyPicture;
import dev.culvert.reports.result.Links;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.CommandText;
import dev.culvert.topologies.plan.Repro;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Everything that a run leaves for people and programs to read, in one directory that can be moved. */
public final class Report {

    private final RunResult result;
    private final Path directory;

    private Report(RunResult result, Path directory) {
        this.result = result;
        this.directory = directory;
    }

    /**
     * Writes the report of a run. Files of an earlier report are replaced; what else lies in the directory stays. Throws {@link
     * IOException} when a file cannot be written; an Allure report that cannot be made is only said in {@link
     * ReportFiles#remark()}, because everything in it is in the other files too.
     */
    public static ReportFiles write(RunResult result, Path directory, ReportOptions options)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        return new Report(result, directory).write(options);
    }

    private ReportFiles write(ReportOptions options) throws IOException, InterruptedException {
        AllureReport.results(result, directory);
        Optional<AllureGenerator> generator = options.generator();
        if (generator.isEmpty()) {
            writePages();
            return finish(Optional.empty(), Optional.of(options.absence()));
        }
        try (AllureReport allure =
                AllureReport.start(generator.get(), directory, "Culvert, kernel " + result.kernels())) {
            writePages();
            return finish(allure);
        }
    }

    private ReportFiles finish(AllureReport allure) throws IOException, InterruptedException {
        Path page;
        try {
            page = allure.await();
        } catch (IOException e) {
            return finish(Optional.empty(), Optional.of("no Allure report was made: " + e.getMessage()));
        }
        return finish(Optional.of(page), Optional.empty());
    }

    /** Writes what does not wait for Allure. */
    private void writePages() throws IOException {
        file("matrix.html", MatrixPage.of(result, new Links(directory, Optional.empty())));
        file("matrix.md", MatrixMarkdown.of(result));
        file("matrix.json", MatrixJson.of(result));
        file("junit.xml", JUnitXml.of(result));
        Files.createDirectories(directory.resolve("topologies"));
        for (Observed observed : result.observed()) {
            var topology = observed.evidence().topology();
            Path script = file("topologies/" + observed.name() + ".repro.sh", Repro.script(topology));
            if (!script.toFile().setExecutable(true)) {
                throw new IOException(script + ": cannot be made executable");
            }
            file("topologies/" + observed.name() + ".commands.txt", CommandText.of(observed.evidence()));
            file(
                    "topologies/" + observed.name() + ".svg",
                    TopologyPicture.of(topology).toString());
        }
    }

    private ReportFiles finish(Optional<Path> allure, Optional<String> remark) throws IOException {
        Links links = new Links(directory, allure.map(page -> "allure/index.html"));
        return new ReportFiles(
                file("index.html", IndexPage.of(result, links)),
                directory.resolve("matrix.html"),
                directory.resolve("matrix.md"),
                directory.resolve("matrix.json"),
                directory.resolve("junit.xml"),
                directory.resolve("allure-results"),
                allure,
                remark);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
