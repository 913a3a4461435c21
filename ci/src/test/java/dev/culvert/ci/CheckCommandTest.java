package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.evidence.Completion;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    @TempDir
    Path directory;

    @Test
    void isBrokenWhenNothingWasProvoked() throws IOException {
        Path evidence = SampleEvidence.write(directory.resolve("ipip"));

        Typed typed = check(evidence, "--requirement", "RFC2003-3.1-PROTOCOL");

        assertThat(typed.exit()).isEqualTo(ExitCode.BROKEN);
        assertThat(typed.out()).contains("BROKEN 1");
        assertThat(directory.resolve("report/index.html")).exists();
    }

    @Test
    void isNoFailureWhenTheKernelLacksTheDriver() throws IOException {
        Path evidence = SampleEvidence.write(
                directory.resolve("ipip"), new Completion.Lacking("module ipip", "Error: Unknown device type."));

        Typed typed = check(evidence, "--requirement", "RFC2003-3.1-*");

        assertThat(typed.exit()).isEqualTo(ExitCode.OK);
        assertThat(typed.out()).contains("UNSUPPORTED").doesNotContain("BROKEN");
    }

    @Test
    void judgesEveryEvidenceBelowADirectory() throws IOException {
        SampleEvidence.write(directory.resolve("evidence/ipip"));

        Typed typed = check(directory.resolve("evidence"), "--requirement", "RFC2003-3.1-PROTOCOL", "--json");

        JsonNode matrix = JsonMapper.builder().build().readTree(typed.out());
        assertThat(matrix.toString()).contains("RFC2003-3.1-PROTOCOL", "BROKEN", "ipip");
    }

    @Test
    void joinsTheEvidenceOfSeveralKernelsInOneReport() throws IOException {
        Path old = SampleEvidence.write(
                directory.resolve("old/evidence/ipip"), new Completion.Observed(), "6.1.0-49-amd64");
        SampleEvidence.write(directory.resolve("new/ipip"), new Completion.Observed(), "6.12.94");

        Typed typed = check(
                directory.resolve("new"),
                "--requirement",
                "RFC2003-3.1-PROTOCOL",
                "--json",
                old.getParent().getParent().toString());

        JsonNode matrix = JsonMapper.builder().build().readTree(typed.out());
        assertThat(matrix.at("/topologies").findValuesAsText("name")).containsExactly("ipip@6.12", "ipip@6.1");
        assertThat(matrix.at("/requirements/0/verdicts").fieldNames())
                .toIterable()
                .containsExactly("ipip@6.1", "ipip@6.12");
        assertThat(directory.resolve("report/topologies/ipip@6.1.repro.sh")).exists();
    }

    @Test
    void refusesTheSameTopologyTwiceOnOneKernel() throws IOException {
        Path one = SampleEvidence.write(directory.resolve("one/ipip"));
        Path two = SampleEvidence.write(directory.resolve("two/ipip"));

        Typed typed = check(one, two.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(one.toString(), two.toString(), "topology ipip on kernel 6.12.94");
    }

    @Test
    void refusesASelectionOfWhichNothingApplies() throws IOException {
        Path evidence = SampleEvidence.write(directory.resolve("ipip"));

        Typed typed = check(evidence, "--requirement", "RFC4023-3.1-PROTO");

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("none of the selected requirements applies to ipip");
    }

    private Typed check(Path evidence, String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "check";
        arguments[1] = evidence.toString();
        arguments[2] = "--out";
        arguments[3] = directory.resolve("report").toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return Typed.culvert(arguments);
    }
}
