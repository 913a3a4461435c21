package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadEvidenceTest {

    @TempDir
    Path directory;

    private Path evidence;
    private Path capture;

    @BeforeEach
    void writeGoodEvidence() throws IOException {
        evidence = SampleEvidence.write(directory.resolve("ipip"));
        capture = SampleEvidence.capture(evidence);
    }

    @Test
    void refusesATruncatedCaptureSayingWhereItEnds() throws IOException {
        byte[] whole = Files.readAllBytes(capture);
        Files.write(capture, Arrays.copyOf(whole, whole.length - 5));

        // 24 bytes of file header, then the packet that is cut.
        refused(capture.toString(), "24");
    }

    @Test
    void refusesAnEmptyCapture() throws IOException {
        Files.write(capture, new byte[0]);

        refused(capture.toString());
    }

    @Test
    void refusesAFileThatIsNoCapture() throws IOException {
        Files.writeString(capture, "This is a letter to my aunt, and no capture of packets.");

        refused(capture.toString());
    }

    @Test
    void refusesEvidenceOfAnotherVersion() throws IOException {
        Path manifest = evidence.resolve("manifest.json");
        Files.writeString(
                manifest,
                Files.readString(manifest)
                        .replace("\"format\":" + Manifest.FORMAT, "\"format\":" + (Manifest.FORMAT + 1)));

        refused(manifest.toString(), "format \"" + (Manifest.FORMAT + 1) + "\"", "reads format " + Manifest.FORMAT);
    }

    @Test
    void refusesAManifestThatIsNoJson() throws IOException {
        Path manifest = Files.writeString(evidence.resolve("manifest.json"), "{\"format\": ");

        refused(manifest.toString());
    }

    @Test
    void refusesStimuliOfAnotherShapeSayingWhere() throws IOException {
        Path stimuli = Files.writeString(evidence.resolve("stimuli.json"), "[\n{\"id\": 7}, nonsense]");

        refused(stimuli.toString(), "line 2");
    }

    @Test
    void saysEveryMissingFileAtOnce() throws IOException {
        Files.delete(capture);
        Files.delete(evidence.resolve("kernel.log"));
        Files.delete(evidence.resolve("topology.yaml"));

        refused(capture.toString(), "kernel.log", "topology.yaml");
    }

    @Test
    void refusesADirectoryWithoutEvidence() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        Typed typed = check(empty);

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(empty.toString(), "manifest.json");
    }

    @Test
    void refusesWhatIsNoDirectory() {
        Path nowhere = directory.resolve("nowhere");

        Typed typed = check(nowhere);

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(nowhere.toString()).doesNotContain("\tat ");
    }

    private void refused(String... words) {
        Typed typed = check(evidence);

        assertThat(typed.exit()).as(typed.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(words).doesNotContain("\tat ");
        assertThat(directory.resolve("report")).doesNotExist();
    }

    private Typed check(Path what) {
        return Typed.culvert(
                "check", what.toString(), "--out", directory.resolve("report").toString());
    }
}
