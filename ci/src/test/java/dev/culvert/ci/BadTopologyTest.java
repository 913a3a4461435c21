package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadTopologyTest {

    private static final String GOOD = """
            name: mine
            underlay: {subnet: 198.51.100.0/24, mtu: 1500}
            tunnel: {kind: ipip, subnet: 203.0.113.0/24}
            a: {tunnel: {device: t1}}
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mtu: 1500       | mut: 1500             | 2 | underlay.mut       | "mut"            | known: mtu, subnet
            mtu: 1500       | mtu: large            | 2 | underlay.mtu       | "large"          | whole number
            mtu: 1500       | mtu: 1, mtu: 2        | 2 | underlay.mtu       | "mtu"            | keep one of them
            198.51.100.0/24 | 198.51.100.300/24     | 2 | underlay.subnet    | "198.51.100.300/24" | IPv4 or IPv6 subnet
            device: t1      | device: a234567890123456 | 4 | a.tunnel.device | "a234567890123456" | 15
            device: t1      | device: 'eth0; rm -rf /' | 4 | a.tunnel.device | "eth0; rm -rf /" | letters
            203.0.113.0/24  | '203.0.113.0/24; id'  | 3 | tunnel.subnet      | "203.0.113.0/24; id" | IPv4 or IPv6 subnet
            """)
    void saysWhereItIsWrongAndWhatIsAllowed(
            String good, String bad, int line, String path, String value, String allowed) throws IOException {
        Path file = Files.writeString(directory.resolve("mine.yaml"), GOOD.replace(good, bad));

        Typed typed = Typed.culvert("plan", file.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err())
                .contains(file + ":" + line + ":", path, value, allowed)
                .doesNotContain("\tat ", "Exception");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void saysEveryErrorOfEveryFileAtOnceAndStartsNothing() throws IOException {
        Path one = Files.writeString(
                directory.resolve("one.yaml"), GOOD.replace("1500", "67").replace("t1", "-t"));
        Path other = Files.writeString(directory.resolve("other.yaml"), "[]\n");
        Path report = directory.resolve("report");

        Typed typed = Typed.culvert("run", one.toString(), other.toString(), "nowhere", "--out", report.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err())
                .contains("underlay.mtu", "\"67\"", "a.tunnel.device", "\"-t\"", "other.yaml", "\"nowhere\"");
        assertThat(report).doesNotExist();
    }

    @Test
    void refusesAMegabyteOfNesting() throws IOException {
        Path file = Files.writeString(directory.resolve("deep.yaml"), "a: " + "[".repeat(1 << 20));

        Typed typed = Typed.culvert("plan", file.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err())
                .contains(file.toString(), "at most")
                .doesNotContain("\tat ", "Exception", "StackOverflow");
    }

    @Test
    void refusesNestingThatIsShortEnoughToBeRead() throws IOException {
        Path file = Files.writeString(directory.resolve("deep.yaml"), "a: " + "[".repeat(60_000));

        Typed typed = Typed.culvert("plan", file.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(file.toString()).doesNotContain("\tat ", "Exception", "StackOverflow");
    }

    @Test
    void refusesAFileThatIsNoText() throws IOException {
        Path file = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});

        Typed typed = Typed.culvert("plan", file.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(file.toString(), "UTF-8");
    }

    @Test
    void proposesTheNameThatWasMeant() {
        Typed typed = Typed.culvert("plan", "ipip-route");

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("\"ipip-route\"", "did you mean ipip-routed?");
    }
}
