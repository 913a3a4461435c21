package dev.culvert.harness.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapException;
import dev.culvert.harness.capture.PcapFile;
import dev.culvert.harness.packet.PacketContext;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TopologyException;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory in which the evidence of one topology lies: {@code manifest.json}, {@code topology.yaml}, {@code stimuli.json},
 * {@code state.json}, {@code commands.json}, {@code throughput.json}, {@code kernel.log}, {@code captures/*.pcap} and
 * {@code bulk/RUN/*.pcap}.
 */
public final class EvidenceDirectory {

    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final Path directory;
    private final List<String> problems = new ArrayList<>();

    private EvidenceDirectory(Path directory) {
        this.directory = directory;
    }

    /** Where the stimulus captures lie below an evidence directory, each as {@code POINT.pcap}. */
    public static Path captures(Path directory) {
        return directory.resolve("captures");
    }

    /** Where the captures of a throughput run lie below an evidence directory, each as {@code POINT.pcap}. */
    public static Path bulk(Path directory, String run) {
        return directory.resolve("bulk").resolve(run);
    }

    /** The file of a stimulus capture below an evidence directory. */
    public static Path captureFile(Path directory, CapturePoint point) {
        return captures(directory).resolve(point + ".pcap");
    }

    /** The file of a throughput run's capture below an evidence directory. */
    public static Path bulkFile(Path directory, String run, CapturePoint point) {
        return bulk(directory, run).resolve(point + ".pcap");
    }

    /**
     * Writes everything but the captures, whose files are there already, streamed by those who captured them. The manifest comes
     * last: a directory without it is no evidence.
     */
    public static void write(Path directory, Evidence evidence) throws IOException {
        Files.createDirectories(captures(directory));
        Files.writeString(
                directory.resolve("topology.yaml"), evidence.topology().source());
        JSON.writeValue(directory.resolve("stimuli.json").toFile(), CounterJournal.thin(evidence.stimuli()));
        JSON.writeValue(
                directory.resolve("state.json").toFile(), new States(evidence.configured(), evidence.afterwards()));
        JSON.writeValue(directory.resolve("commands.json").toFile(), evidence.commands());
        JSON.writeValue(
                directory.resolve("throughput.json").toFile(),
                new Throughput(
                        evidence.throughput(),
                        evidence.bulk().stream()
                                .map(b -> new BulkEntry(b.run(), b.point(), b.count()))
                                .toList()));
        Files.writeString(directory.resolve("kernel.log"), evidence.kernelLog());
        JSON.writeValue(directory.resolve("manifest.json").toFile(), evidence.manifest());
    }

    /** Reads only how the observation ended; throws {@link EvidenceException} when the manifest cannot be read. */
    public static Completion completion(Path directory) {
        EvidenceDirectory reading = new EvidenceDirectory(directory);
        return reading.manifest().map(Manifest::completion).orElseThrow(() -> new EvidenceException(reading.problems));
    }

    /** Reads every evidence directory below a directory, or the directory itself if it is one, in the order of their names. */
    public static List<Evidence> readAll(Path root) {
        if (Files.exists(root.resolve("manifest.json"))) {
            return List.of(read(root));
        }
        try (Stream<Path> children = Files.list(root)) {
            List<Path> directories = children.filter(child -> Files.exists(child.resolve("manifest.json")))
                    .sorted()
                    .toList();
            if (directories.isEmpty()) {
                throw new EvidenceException(List.of(root
                        + ": no manifest.json here or one level below; give a directory that `culvert run` wrote"));
            }
            return directories.stream().map(EvidenceDirectory::read).toList();
        } catch (IOException e) {
            throw new EvidenceException(List.of(root + ": cannot be read as a directory: " + e));
        }
    }

    /** Reads one evidence directory; throws {@link EvidenceException} with every problem found. */
    public static Evidence read(Path directory) {
        return new EvidenceDirectory(directory).read();
    }

    private Evidence read() {
        Optional<Manifest> manifest = manifest();
        Optional<Topology> topology = topology();
        List<StimulusRecord> stimuli = json("stimuli.json", new TypeReference<List<StimulusRecord>>() {})
                .map(CounterJournal::full)
                .orElse(List.of());
        States states = json("state.json", new TypeReference<States>() {}).orElse(new States(Map.of(), Map.of()));
        List<CommandRecord> commands = json("commands.json", new TypeReference<List<CommandRecord>>() {})
                .orElse(List.of());
        Throughput throughput = json("throughput.json", new TypeReference<Throughput>() {})
                .orElse(new Throughput(List.of(), List.of()));
        String log = text("kernel.log").orElse("");
        Map<CapturePoint, Capture> captures = new HashMap<>();
        PacketContext context = topology.map(PacketContext::of).orElse(PacketContext.NONE);
        manifest.ifPresent(m -> m.captures()
                .forEach((point, count) -> capture(point, count, context).ifPresent(c -> captures.put(point, c))));
        List<BulkCapture> bulk = throughput.captures().stream()
                .map(b -> new BulkCapture(b.run(), b.point(), b.count(), bulkFile(directory, b.run(), b.point())))
                .toList();
        if (!problems.isEmpty()) {
            throw new EvidenceException(problems);
        }
        return new Evidence(
                manifest.orElseThrow(),
                topology.orElseThrow(),
                stimuli,
                captures,
                states.configured(),
                states.afterwards(),
                commands,
                log,
                throughput.runs(),
                bulk);
    }

    private Optional<Manifest> manifest() {
        Path file = directory.resolve("manifest.json");
        try {
            int format = JSON.readTree(file.toFile()).path("format").asInt(-1);
            if (format != Manifest.FORMAT) {
                throw new EvidenceException(
                        List.of(file + ": format \"" + format + "\" was written by another version of Culvert; "
                                + "this one reads format " + Manifest.FORMAT));
            }
        } catch (IOException e) {
            problems.add(file + ": " + reason(e));
            return Optional.empty();
        }
        return json("manifest.json", new TypeReference<>() {});
    }

    private Optional<Topology> topology() {
        try {
            return Optional.of(Topologies.read(directory.resolve("topology.yaml")));
        } catch (TopologyException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Capture> capture(CapturePoint point, CaptureCount count, PacketContext context) {
        Path file = captureFile(directory, point);
        try {
            List<CapturedPacket> packets = PcapFile.readAll(file);
            return Optional.of(new Capture(
                    point,
                    count,
                    packets.stream().map(packet -> packet.within(context)).toList()));
        } catch (PcapException e) {
            problems.add(e.getMessage());
        } catch (IOException e) {
            problems.add(file + ": " + reason(e));
        }
        return Optional.empty();
    }

    private Optional<String> text(String name) {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (IOException e) {
            problems.add(directory.resolve(name) + ": " + reason(e));
            return Optional.empty();
        }
    }

    private <T> Optional<T> json(String name, TypeReference<T> type) {
        Path file = directory.resolve(name);
        try {
            return Optional.of(JSON.readValue(file.toFile(), type));
        } catch (JsonProcessingException e) {
            problems.add(file + ": line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            problems.add(file + ": " + reason(e));
        }
        return Optional.empty();
    }

    private static String reason(IOException e) {
        return e instanceof NoSuchFileException || e instanceof java.io.FileNotFoundException
                ? "is missing; the directory is not whole evidence"
                : String.valueOf(e.getMessage());
    }

    private record States(Map<Place, PlaceState> configured, Map<Place, PlaceState> afterwards) {}

    private record Throughput(List<ThroughputRun> runs, List<BulkEntry> captures) {}

    private record BulkEntry(String run, CapturePoint point, CaptureCount count) {}
}
