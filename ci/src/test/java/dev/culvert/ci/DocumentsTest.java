package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.conformance.Requirements;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents show is what the project does. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern QUOTED_CODE = Pattern.compile("`(\\S+\\.java)`:\n\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TOPOLOGY = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    /** A link, but not a picture. */
    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]*]\\(([^):#]+)\\)");

    private static final Pattern COMMAND = Pattern.compile("\\./culvert ([a-z-]+)");

    @Test
    void codeInTheWorkedExamplesIsCodeOfTheProject() throws IOException {
        List<MatchResult> examples =
                QUOTED_CODE.matcher(read("CONTRIBUTING.md")).results().toList();

        assertThat(examples).hasSize(7);
        for (MatchResult example : examples) {
            assertThat(unindented(read(example.group(1)))).contains(unindented(example.group(2)));
        }
    }

    @Test
    void requirementsThatAreNamedExist() throws IOException {
        List<String> named = Pattern.compile("(?:--requirement|explain) ([A-Z0-9.-]+)")
                .matcher(read("CONTRIBUTING.md"))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(named).isNotEmpty().allMatch(id -> Requirements.find(id).isPresent());
    }

    @Test
    void topologyInTheReadmeIsGoodAndShort() throws IOException {
        List<String> topologies = TOPOLOGY.matcher(read("README.md"))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(topologies).hasSize(1);
        assertThat(topologies.get(0).lines()).hasSizeLessThanOrEqualTo(15);
        assertThat(Topologies.parse("README.md", topologies.get(0)).name()).isEqualTo("mine");
    }

    @Test
    void commandsInTheReadmeExist() throws IOException {
        CommandLine culvert = Culvert.commandLine();

        List<String> commands = COMMAND.matcher(read("README.md"))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(commands).hasSizeGreaterThan(5).allMatch(culvert.getSubcommands()::containsKey);
    }

    /** What {@code ./culvert list --kinds} prints is what the README shows. */
    @Test
    void tableOfKindsIsThatOfTheCode() throws IOException {
        assertThat(read("README.md")).contains("\n\n" + KindsTable.markdown() + "\n\n");
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (String document : List.of("README.md", "CONTRIBUTING.md", "topologies/README.md", "reports/README.md")) {
            Path directory = ROOT.resolve(document).getParent();
            assertThat(LINK.matcher(read(document)).results().map(match -> match.group(1)))
                    .as(document)
                    .allSatisfy(link -> assertThat(directory.resolve(link)).exists());
        }
    }

    private static String read(String document) throws IOException {
        return Files.readString(ROOT.resolve(document));
    }

    private static String unindented(String code) {
        return code.lines().map(String::strip).collect(Collectors.joining("\n"));
    }
}
