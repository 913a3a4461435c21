package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsTopologiesThatAreTopologies() throws IOException {
        String readme = Files.readString(Path.of("README.md"));

        List<String> examples = EXAMPLE.matcher(readme)
                .results()
                .map((MatchResult r) -> r.group(1))
                .toList();

        assertThat(examples)
                .extracting(text -> Topologies.parse("README.md", text).name())
                .containsExactly("mine", "six", "branch-office");
    }
}
