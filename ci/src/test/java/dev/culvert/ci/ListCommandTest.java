package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {

    @TempDir
    Path directory;

    private Path modules;
    private Path image;

    @BeforeEach
    void makeUpAKernelWithoutGre() throws IOException {
        image = Files.writeString(directory.resolve("bzImage"), "");
        modules = Files.createDirectories(directory.resolve("6.18.0-mine"));
        Files.write(
                modules.resolve("modules.builtin"),
                List.of("kernel/drivers/net/veth.ko", "kernel/net/ipv4/ipip.ko", "kernel/net/ipv4/tunnel4.ko"));
    }

    @Test
    void saysWhatAKernelSupportsAndWhatItLacks() {
        Typed typed = list();

        assertThat(typed.exit()).as(typed.err()).isEqualTo(ExitCode.OK);
        assertThat(typed.out())
                .contains("Kernel 6.18.0-mine, whose configuration is not at hand")
                .containsPattern("\n  ipip +\\d+ of \\d+ topologies supported\n")
                .containsPattern("\n    ipip-mpls +lacks the module mpls_router, the module mpls_iptunnel\n")
                .containsPattern("\n    gre +lacks the module ip_gre");
    }

    @Test
    void saysTheSameToPrograms() throws IOException {
        JsonNode list = JsonMapper.builder().build().readTree(list("--json").out());

        assertThat(list.at("/kernel/release").asText()).isEqualTo("6.18.0-mine");
        assertThat(list.at("/topologies").findValuesAsText("support")).contains("supported", "lacking");
    }

    @Test
    void speaksOnlyOfTheKindThatIsAskedFor() {
        assertThat(list("--kind", "gre").out()).contains("\n  gre ").doesNotContain("\n  ipip ");
    }

    @Test
    void refusesModulesWithoutTheirKernel() {
        Typed typed = Typed.culvert("list", "--modules", modules.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("--modules goes with a kernel image");
    }

    private Typed list(String... options) {
        String[] arguments = new String[options.length + 5];
        List<String> typed = List.of("list", "--kernel", image.toString(), "--modules", modules.toString());
        typed.toArray(arguments);
        System.arraycopy(options, 0, arguments, typed.size(), options.length);
        return Typed.culvert(arguments);
    }
}
