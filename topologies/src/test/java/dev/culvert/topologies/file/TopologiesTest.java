package dev.culvert.topologies.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.culvert.topologies.Problem;
import dev.culvert.topologies.TopologyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologiesTest {

    static List<Problem> problemsOf(String text) {
        TopologyException refused =
                catchThrowableOfType(TopologyException.class, () -> Topologies.parse("my.yaml", text));
        return refused == null ? List.of() : refused.problems();
    }

    private static List<Problem> problemsOf(Path file) {
        TopologyException refused = catchThrowableOfType(TopologyException.class, () -> Topologies.read(file));
        return refused == null ? List.of() : refused.problems();
    }

    @ParameterizedTest
    @MethodSource("dev.culvert.topologies.file.MisshapenTopologies#all")
    void saysWhereAMisshapenValueIsAndWhatIsAllowed(MisshapenTopologies.Misshapen bad) {
        assertThat(problemsOf(bad.text())).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(bad.path());
            assertThat(problem.line()).isPositive();
            assertThat(problem.message()).contains(bad.says());
        });
    }

    @Test
    void saysEverythingAtOnceInTheOrderOfTheFile() {
        // Given two bad values, an unknown key, a duplicate key, and two good values that do not fit together
        String text = """
                name: many
                underlay:
                  subnet: 198.51.100.0/24
                  mtu: big
                tunel: {}
                tunnel:
                  kind: ipip
                  subnet: 203.0.113.0/24
                  kind: ipip
                a:
                  lan: 203.0.113.128/25
                b:
                  underlay:
                    device: "eth0; rm -rf /"
                """;

        List<Problem> problems = problemsOf(text);

        assertThat(problems)
                .map(Problem::toString)
                .containsExactly(
                        "my.yaml:4:8: underlay.mtu: \"big\" is not a whole number within 68 … 65535",
                        "my.yaml:5:1: tunel: \"tunel\" is no key of a topology; did you mean tunnel? known: a, b, description,"
                                + " esp, mpls, name, router, tags, throughput, title, tunnel, underlay",
                        "my.yaml:9:3: tunnel.kind: \"kind\" is a key that stands in line 7 already; keep one of them",
                        "my.yaml:11:8: a.lan: \"203.0.113.128/25\" overlaps tunnel.subnet, 203.0.113.0/24; give it addresses of"
                                + " its own",
                        "my.yaml:14:13: b.underlay.device: \"eth0; rm -rf /\" is not a device name: 1 to 15 letters, digits,"
                                + " underscores and hyphens, a letter first");
    }

    @Test
    void doesNotJudgeWhatDependsOnAValueThatIsWrongAlready() {
        String text = """
                name: once
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                a: {tunnel: {address: 203.0.113.2/24}}
                b: {tunnel: {address: 203.0.113.3.4/24}}
                """;

        // b's address would be 203.0.113.2 by default, the same as a's
        assertThat(problemsOf(text)).extracting(Problem::path).containsExactly("b.tunnel.address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "# only a comment\n", "just text", "- a\n- list\n", "42"})
    void refusesWhatIsNoMapping(String text) {
        assertThat(problemsOf(text)).hasSize(1);
    }

    @Test
    void refusesASecondDocument() {
        String two = Bundle.text("ipip") + "---\nname: other\n";

        assertThat(problemsOf(two))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("second document"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- "})
    void refusesDeepNesting(String opening) {
        String nested = opening.repeat(10_000);

        assertThat(problemsOf(nested))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("deeper than 20 levels"));
    }

    @Test
    void refusesAMegabyteOfNestingWithoutReadingIt(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("deep.yaml"), "[".repeat(1 << 20));

        assertThat(problemsOf(file))
                .singleElement()
                .hasToString(file + ": has 1048576 bytes; a topology has at most 65536");
    }

    @Test
    void refusesAliasesInsteadOfExpandingThem() {
        String bomb = """
                name: &a good
                title: *a
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                """;

        assertThat(problemsOf(bomb))
                .map(Problem::message)
                .containsOnly("uses a YAML anchor or alias; write the value out");
    }

    @Test
    void refusesWhatIsNoUtf8(@TempDir Path directory) throws IOException {
        Path file = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xc3, 0x28, 0, 1});

        assertThat(problemsOf(file)).singleElement().hasToString(file + ": is not text in UTF-8, so it is no topology");
    }

    @Test
    void saysThatAFileDoesNotExistAndWhichTopologiesThereAre(@TempDir Path directory) {
        Path file = directory.resolve("gone.yaml");

        assertThat(problemsOf(file))
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("does not exist", "ipip-fallback"));
    }

    @Test
    void guessesTheNameThatWasMeant() {
        TopologyException refused = catchThrowableOfType(TopologyException.class, () -> Topologies.named("ipp"));

        assertThat(refused)
                .hasMessageStartingWith("no topology \"ipp\": did you mean ipip? Known: erspan, ")
                .hasMessageEndingWith(
                        " vti, vti-cbc, vti-fwmark, vti-udp, vti6, vti6-cbc, vti6-fwmark, vti6-udp; or the path of a file that ends in .yaml");
    }

    @Test
    void makesControlCharactersVisibleAndCutsWhatIsLong() {
        String text = "name: \"\\e[31m" + "x".repeat(200) + "\"\n";

        assertThat(problemsOf(text))
                .filteredOn(p -> p.path().equals("name"))
                .singleElement()
                .satisfies(
                        p -> assertThat(p.value()).startsWith("\\u001b[31mxxx").endsWith("x…"));
    }

    @Test
    void neverThrowsAnythingButProblems() {
        // Given a thousand files that are nearly good ones, from a fixed seed
        Random random = new Random(42);
        String good = EveryKey.TEXT;
        for (int i = 0; i < 1000; i++) {
            byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int damage = 0; damage <= i % 5; damage++) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(95) + 32);
            }
            String text = new String(bytes, StandardCharsets.UTF_8);

            // When and then: either a topology or problems that say where
            assertThat(problemsOf(text)).as(text).allMatch(p -> p.line() > 0);
        }
    }
}
