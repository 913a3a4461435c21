package dev.culvert.topologies.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {

    @Test
    void leavesPlainWordsBare() {
        assertThat(ShellWords.line(List.of("ip", "addr", "add", "198.51.100.1/24", "dev", "eth0")))
                .isEqualTo("ip addr add 198.51.100.1/24 dev eth0");
    }

    @Test
    void reachesAShellAsTheSameArguments() throws IOException, InterruptedException {
        List<String> arguments =
                List.of("eth0; rm -rf /", "$(id)", "`id`", "it's", "\"", "a\nb", "", "*", "~", "-n", "\\", "#x", "é");

        List<String> argv = new ArrayList<>(List.of("printf", "%s|"));
        argv.addAll(arguments);
        Process shell = new ProcessBuilder("sh", "-c", ShellWords.lines(argv, "  ", 40))
                .redirectErrorStream(true)
                .start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(shell.waitFor()).isZero();
        assertThat(output).isEqualTo(String.join("|", arguments) + "|");
    }

    @Test
    void breaksLongLinesWhereAWordEnds() {
        String lines = ShellWords.lines(List.of("sysctl", "-w", "net.ipv4.ip_forward=1", "net.ipv4.x=2"), "  ", 34);

        assertThat(lines.lines())
                .containsExactly("  sysctl -w \\", "      net.ipv4.ip_forward=1 \\", "      net.ipv4.x=2");
        assertThat(lines.lines()).allMatch(line -> line.length() <= 34);
    }
}
