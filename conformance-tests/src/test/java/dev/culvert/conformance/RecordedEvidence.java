package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.EvidenceDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The evidence under {@code src/test/resources/evidence}: one directory per kernel, in it one per topology, as {@code run} wrote it. */
final class RecordedEvidence {

    private static final Path ROOT = Path.of("src/test/resources/evidence");
    private static final Map<Path, Evidence> READ = new ConcurrentHashMap<>();

    private RecordedEvidence() {}

    /** The kernels of which there are recordings. */
    static List<String> kernels() {
        try (Stream<Path> kernels = Files.list(ROOT)) {
            return kernels.map(k -> k.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("no recorded evidence under " + ROOT.toAbsolutePath(), e);
        }
    }

    /** Every topology recorded on a kernel, by name. */
    static Map<String, Evidence> on(String kernel) {
        Map<String, Evidence> recorded = new TreeMap<>();
        try (Stream<Path> topologies = Files.list(ROOT.resolve(kernel))) {
            topologies.forEach(
                    t -> recorded.put(t.getFileName().toString(), READ.computeIfAbsent(t, EvidenceDirectory::read)));
        } catch (IOException e) {
            throw new IllegalStateException("no recorded evidence for kernel " + kernel, e);
        }
        return recorded;
    }
}
