package dev.culvert.reports.allure;

import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.Requirement;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.reports.result.Cell;
import dev.culvert.reports.result.RepeatedFinding;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.text.Markup;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.Status;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Writes one Allure result for each requirement of a topology. Its history id is made of these two names and nothing else, so that a test keeps
 * its history whatever else is run beside it.
 */
public final class AllureResults {

    private final RunResult result;
    private final FileSystemResultsWriter writer;
    private final Attachments files;

    private AllureResults(RunResult result, FileSystemResultsWriter writer, Attachments files) {
        this.result = result;
        this.writer = writer;
        this.files = files;
    }

    /** Writes the results of a run into an empty directory, those of different topologies side by side. */
    public static void write(RunResult result, Path directory) throws IOException {
        FileSystemResultsWriter writer = new FileSystemResultsWriter(directory);
        Map<String, List<Cell>> cells = result.cells().stream().collect(Collectors.groupingBy(Cell::where));
        try {
            result.observed().parallelStream().forEach(observed -> {
                try {
                    AllureResults results = new AllureResults(result, writer, Attachments.of(observed, directory));
                    for (Cell cell : cells.getOrDefault(observed.name(), List.of())) {
                        results.write(cell);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        RunFacts.write(result, directory);
    }

    private void write(Cell cell) throws IOException {
        Manifest manifest = cell.observed().evidence().manifest();
        List<StepResult> steps = new ArrayList<>();
        for (RepeatedFinding finding : cell.findings()) {
            steps.add(step(finding, manifest));
        }
        writer.write(new TestResult()
                .setUuid(id(cell.name() + " " + result.started()))
                .setHistoryId(id(cell.name()))
                .setTestCaseId(id(cell.name()))
                .setName(cell.requirement().id())
                .setFullName(cell.name())
                .setDescriptionHtml(description(cell).toString())
                .setLabels(labels(cell))
                .setParameters(List.of(
                        parameter("topology", cell.where()),
                        parameter("kernel", manifest.kernel().release())))
                .setStatus(status(cell))
                .setStatusDetails(details(cell))
                .setSteps(steps)
                .setAttachments(files.common())
                .setStage(Stage.FINISHED)
                .setStart(manifest.started().toEpochMilli())
                .setStop(manifest.finished().toEpochMilli()));
    }

    private StepResult step(RepeatedFinding repeated, Manifest manifest) throws IOException {
        var finding = repeated.finding();
        boolean fails = finding.outcome() == Outcome.FAIL || result.strict();
        List<Parameter> parameters = new ArrayList<>(
                List.of(parameter("expected", finding.expected()), parameter("actual", finding.actual())));
        if (finding.source() != null) {
            parameters.add(parameter("documented in", finding.source()));
        }
        return new StepResult()
                .setName(repeated.line())
                .setStatus(fails ? Status.FAILED : Status.PASSED)
                .setParameters(parameters)
                .setAttachments(files.of(finding))
                .setStage(Stage.FINISHED)
                .setStart(manifest.finished().toEpochMilli())
                .setStop(manifest.finished().toEpochMilli());
    }

    private Status status(Cell cell) {
        return switch (cell.outcome()) {
            case PASS -> Status.PASSED;
            case DEVIATES -> result.strict() ? Status.FAILED : Status.PASSED;
            case UNSUPPORTED -> Status.SKIPPED;
            case BROKEN -> Status.BROKEN;
            case FAIL -> Status.FAILED;
        };
    }

    private static StatusDetails details(Cell cell) {
        StatusDetails details = new StatusDetails();
        if (cell.outcome() == Outcome.PASS) {
            return details;
        }
        return details.setMessage(cell.outcome() + ": " + cell.verdict().because())
                .setTrace(cell.findings().stream().map(RepeatedFinding::line).collect(Collectors.joining("\n")));
    }

    private static List<Label> labels(Cell cell) {
        Requirement text = cell.requirement().text();
        List<Label> labels = new ArrayList<>(List.of(
                label("parentSuite", cell.where()),
                label("suite", cell.requirement().section()),
                label("epic", cell.observed().evidence().topology().kind().name()),
                label("feature", cell.requirement().section()),
                label("story", text.id()),
                label("severity", severity(text)),
                label(
                        "testClass",
                        cell.requirement().method().getDeclaringClass().getName()),
                label("testMethod", cell.requirement().method().getName()),
                label("framework", "culvert"),
                label("tag", text.level().words()),
                label("tag", cell.observed().evidence().topology().kind().name())));
        for (String tag : text.tags()) {
            labels.add(label("tag", tag));
        }
        if (cell.outcome() == Outcome.DEVIATES) {
            labels.add(label("tag", "deviates"));
        }
        return labels;
    }

    private static String severity(Requirement text) {
        return switch (text.level()) {
            case MUST, MUST_NOT -> "critical";
            case SHOULD, SHOULD_NOT, LINUX -> "normal";
            case MAY -> "minor";
        };
    }

    private static Markup description(Cell cell) {
        Requirement text = cell.requirement().text();
        Markup deviation = cell.outcome() == Outcome.DEVIATES
                ? Markup.format(
                        "<p><b>Deviates</b>, as Linux is known to do: {}</p>",
                        cell.verdict().because())
                : Markup.NONE;
        return Markup.format(
                "<p><b>{}</b> · {} · {}</p><p>{}</p>{}<p><b>Provoked</b>: {}</p><p><b>Observed</b>: {}</p>",
                text.id(),
                text.level().words(),
                text.source(),
                text.sentence(),
                deviation,
                text.provoked(),
                text.observed());
    }

    private static Label label(String name, String value) {
        return new Label().setName(name).setValue(value);
    }

    private static Parameter parameter(String name, String value) {
        return new Parameter().setName(name).setValue(value);
    }

    private static String id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
