package dev.culvert.topologies.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the scripts in a shell whose {@code ip} is one that only writes down what it is told. */
class ReproTest {

    private static final String STAND_IN = """
            #!/bin/sh
            printf '%s\\n' "$*" >>"$CALLS"
            case "$*" in *UDP_ENCAP*) echo open ;; esac
            [ "$*" != "$FAILS" ]
            """;

    @TempDir
    private Path directory;

    static Stream<Topology> bundled() {
        return Topologies.bundled().stream();
    }

    private record Ran(int exit, String output, List<String> calls) {}

    private Ran run(String script, String fails, String... shellOptions) throws IOException, InterruptedException {
        Path programs = Files.createDirectories(directory.resolve("programs"));
        for (String program : List.of("ip", "ping", "modprobe")) {
            Path file = Files.writeString(programs.resolve(program), STAND_IN);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        Path id = Files.writeString(programs.resolve("id"), "#!/bin/sh\necho 0\n");
        Files.setPosixFilePermissions(id, PosixFilePermissions.fromString("rwx------"));
        Path file = Files.writeString(directory.resolve("repro.sh"), script);
        Path calls = Files.writeString(directory.resolve("calls"), "");
        Path output = directory.resolve("output");

        ProcessBuilder shell = new ProcessBuilder(
                Stream.concat(Stream.concat(Stream.of("sh"), Stream.of(shellOptions)), Stream.of(file.toString()))
                        .toList());
        shell.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        shell.environment().put("CALLS", calls.toString());
        shell.environment().put("FAILS", fails);
        int exit = shell.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        return new Ran(exit, Files.readString(output), Files.readAllLines(calls));
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void tellsEachNamespaceWhatThePlanTellsItsPlace(Topology topology) throws IOException, InterruptedException {
        Ran ran = run(Repro.script(topology), "");

        List<String> expected = Plan.of(topology, Offloads.ON).steps().stream()
                .filter(step -> step.argvByName().get(0).equals("ip"))
                .filter(step -> !step.argvByName().get(1).equals("netns"))
                .map(step -> "-n " + step.place().id() + " "
                        + String.join(
                                " ",
                                step.argvByName().subList(1, step.argvByName().size())))
                .toList();
        assertThat(ran.exit()).isZero();
        assertThat(ran.output()).contains("the tunnel works");
        assertThat(ran.calls()).containsSubsequence(expected);
    }

    @Test
    void makesTheNamespacesAndRemovesThem() throws IOException, InterruptedException {
        Ran ran = run(Repro.script(Topologies.named("ipip-routed")), "");

        assertThat(ran.calls())
                .containsSubsequence("netns add a", "netns add b", "netns add router", "netns add h", "netns add j")
                .endsWith(
                        "netns delete a", "netns delete b", "netns delete router", "netns delete h", "netns delete j");
    }

    @Test
    void saysThatTheDriverIsMissingAndRemovesWhatItMade() throws IOException, InterruptedException {
        Ran ran = run(
                Repro.script(Topologies.named("ipip")),
                "-n a link add t1 type ipip local 198.51.100.1 remote 198.51.100.2");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).isEqualTo("repro ipip: this kernel cannot make tunnels of kind ipip\n");
        assertThat(ran.calls()).endsWith("netns delete a", "netns delete b", "netns delete h", "netns delete j");
    }

    @Test
    void saysThatNothingCameBack() throws IOException, InterruptedException {
        Ran ran = run(Repro.script(Topologies.named("ipip")), "netns exec h ping -c 1 -W 2 198.18.2.2");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("nothing came back through the tunnel");
    }

    @Test
    void waitsForWhatGoesOnUntilItIsReady() throws IOException, InterruptedException {
        String script = Repro.script(Topologies.named("vti-udp"));

        Ran ran = run(script, "");

        assertThat(ran.exit()).isZero();
        for (String place : List.of("a", "b")) {
            assertThat(ran.calls().stream()
                            .filter(call -> call.startsWith("netns exec " + place + " perl -MSocket -e ")))
                    .hasSize(1);
        }
        assertThat(script).contains("Needs root, iproute2, ping, perl, and these");
    }

    @Test
    void saysThatWhatIsToGoOnDidNotStart() throws IOException, InterruptedException {
        // By which the stand-in knows it.
        String script = Repro.script(Topologies.named("vti-udp")).replace("UDP_ENCAP", "");

        Ran ran = run(script, "");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output()).contains("repro vti-udp: perl in a did not start\n");
    }

    @Test
    void goesOnWithFurtherStepsWhateverTheyReturn() throws IOException, InterruptedException {
        List<Step> further = List.of(
                new RunStep(Place.H, List.of("ping", "-c", "1", "198.18.2.2"), "one more"),
                new RunStep(Place.A, List.of("ip", "-s", "link", "show", "t1"), "look at the counters"));

        Ran ran = run(Repro.script(Topologies.named("ipip"), further), "netns exec h ping -c 1 198.18.2.2");

        assertThat(ran.exit()).isZero();
        assertThat(ran.calls()).containsSubsequence("netns exec h ping -c 1 198.18.2.2", "-n a -s link show t1");
    }

    @Test
    void isNotMisledByATitleWithQuotes() throws IOException, InterruptedException {
        Topology topology = Topologies.parse("quotes.yaml", """
                name: quotes
                title: "it's $(touch gone) `id` \\"quoted\\" @SETUP@ %s"
                underlay: {subnet: 198.51.100.0/24}
                tunnel: {kind: ipip, subnet: 203.0.113.0/24}
                """);

        Ran ran = run(Repro.script(topology), "");

        assertThat(ran.exit()).isZero();
        assertThat(ran.calls()).filteredOn("-n a link set lo up"::equals).hasSize(1);
        assertThat(directory.resolve("gone")).doesNotExist();
    }
}
