package dev.culvert.reports.matrix;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.Finding;
import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.Verdict;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.reports.throughput.Comparison;
import dev.culvert.reports.throughput.PacketBudget;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The matrix for programs. The records below are the format: their components, by these names, stay while {@code format} is
 * {@value #FORMAT}; new ones may be added. Times are ISO 8601 in UTC, bytes are lower-case hexadecimal, a share is a part of 1.
 */
public final class MatrixJson {

    /** The version of the format; a program should refuse a higher one. */
    public static final int FORMAT = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private MatrixJson() {}

    /** @param outcomes how many verdicts there are of each outcome, over all topologies */
    record Document(
            int format,
            String started,
            String finished,
            boolean strict,
            Map<Outcome, Long> outcomes,
            List<Column> topologies,
            List<Row> requirements,
            List<Throughput> throughput) {}

    /**
     * @param name the topology's, with the kernel's behind an @ where there are several kernels
     * @param kernel {@code uname -r} of the kernel under test
     * @param repetition why it was observed a second time, in a sentence; missing where it was not
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Column(
            String name,
            String topology,
            String kind,
            String kernel,
            String kernelVersion,
            String lab,
            String configurator,
            Map<Outcome, Long> outcomes,
            @Nullable String repetition) {}

    /** @param verdicts by the name of a column; a column that the requirement does not speak of is missing */
    record Row(
            String id,
            String section,
            String source,
            String level,
            List<String> kinds,
            List<String> tags,
            String sentence,
            String provoked,
            String observed,
            Map<String, Judged> verdicts) {}

    record Judged(Outcome outcome, String because, int checks, List<Found> findings) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Found(
            Outcome outcome,
            String what,
            String expected,
            String actual,
            @Nullable String source,
            @Nullable Packet packet) {}

    /** @param offset the first byte that matters, from the start of the captured frame; {@code length} bytes matter */
    record Packet(String point, long index, int linkType, String bytes, int offset, int length) {}

    /** @param headerShare what the share would be if the header bytes were all that the tunnel costs; only for TCP */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Throughput(
            String topology,
            String protocol,
            boolean offloads,
            double tunnelBitsPerSecond,
            double underlayBitsPerSecond,
            double share,
            @Nullable Double headerShare,
            double tunnelLossPercent,
            long tunnelRetransmits,
            double tunnelSenderCpuPercent,
            double tunnelReceiverCpuPercent) {}

    /** Writes the matrix of a run. */
    public static String of(RunResult result) {
        Matrix matrix = Matrix.of(result);
        Document document = new Document(
                FORMAT,
                result.started().toString(),
                result.finished().toString(),
                result.strict(),
                result.outcomes(),
                matrix.columns().stream().map(o -> column(o, result)).toList(),
                matrix.rows().stream().map(MatrixJson::row).toList(),
                Comparison.of(result).stream().map(MatrixJson::throughput).toList());
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the matrix cannot be written as JSON", e);
        }
    }

    private static Column column(Observed observed, RunResult result) {
        var manifest = observed.evidence().manifest();
        return new Column(
                observed.name(),
                observed.topology(),
                observed.evidence().topology().kind().name(),
                manifest.kernel().release(),
                manifest.kernel().version(),
                manifest.lab(),
                manifest.configuredBy().id(),
                result.outcomes(observed.name()),
                observed.repetition().orElse(null));
    }

    private static Row row(Matrix.Row row) {
        var text = row.requirement().text();
        return new Row(
                text.id(),
                row.requirement().section(),
                text.source(),
                text.level().words(),
                row.requirement().kinds(),
                Arrays.asList(text.tags()),
                text.sentence(),
                text.provoked(),
                text.observed(),
                row.cells().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                e -> judged(e.getValue().verdict()),
                                (one, other) -> one,
                                LinkedHashMap::new)));
    }

    private static Judged judged(Verdict verdict) {
        return new Judged(
                verdict.outcome(),
                verdict.because(),
                verdict.checks(),
                verdict.findings().stream().map(MatrixJson::found).toList());
    }

    private static Found found(Finding finding) {
        return new Found(
                finding.outcome(),
                finding.what(),
                finding.expected(),
                finding.actual(),
                finding.source(),
                packet(finding.excerpt()));
    }

    private static @Nullable Packet packet(Finding.@Nullable Excerpt excerpt) {
        return excerpt == null
                ? null
                : new Packet(
                        excerpt.point().toString(),
                        excerpt.index(),
                        excerpt.linkType().number(),
                        excerpt.bytes().toString(),
                        excerpt.offset(),
                        excerpt.length());
    }

    private static Throughput throughput(Comparison comparison) {
        var tunnel = comparison.tunnel();
        return new Throughput(
                comparison.observed().name(),
                tunnel.protocol(),
                tunnel.offloads(),
                tunnel.goodputBitsPerSecond(),
                comparison.underlay().goodputBitsPerSecond(),
                comparison.share(),
                comparison.budget().map(PacketBudget::share).orElse(null),
                tunnel.lossPercent(),
                tunnel.retransmits(),
                tunnel.senderCpuPercent(),
                tunnel.receiverCpuPercent());
    }
}
