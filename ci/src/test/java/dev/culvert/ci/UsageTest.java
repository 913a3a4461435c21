package dev.culvert.ci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.Requirements;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rnu                                | 'rnu'
            run --worker 2                     | --worker
            run --workers 0                    | "0" is not 1 or more
            run --workers many                 | 'many'
            run --lab vmware                   | 'vmware'
            run --configurator ioctl           | 'ioctl'
            plan ipip --repro --configurator netlink | leave out --configurator netlink
            run --kernel 5.10                  | "5.10" is neither one of 6.12, 6.1 nor a file
            run --kernel 6.1 --modules .       | --modules goes with a kernel image
            run --kernel pom.xml               | needs its modules directory
            run --kernel pom.xml --modules nil | "nil" is not a directory
            run --module pom.xml               | "pom.xml" is not a file whose name ends in .ko
            run --requirement RFC1-*           | "RFC1-*"
            run --tag nosuch                   | "nosuch"
            run --level OUGHT                  | 'OUGHT'
            run --kind wireguard               | --kind: "wireguard" is no tunnel kind; there are erspan, geneve,
            check . --kind ip                  | --kind: "ip" is no tunnel kind
            run ipip --kind gre                | no topology is of kind "gre"
            run ipip ipip                      | two topologies are called "ipip"
            explain RFC2003-3.1-PROTOCOLS      | "RFC2003-3.1-PROTOCOLS"
            lab                                | shell or prune?
            lab shell router ipip              | has no place "router"; it has a, b
            lab shell                          | 'a|b|router|h|j'
            lab prune --unused-days -1         | "-1"
            check                              | EVIDENCE-DIR
            """)
    void refusesWhatItDoesNotKnowNamingIt(String arguments, String named) {
        Typed typed = Typed.culvert(arguments.split(" +"));

        assertThat(typed.exit()).as(typed.err()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(named).doesNotContain("\tat ");
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void saysWhereHelpIsInsteadOfAllThatACommandTakes() {
        assertThat(Typed.culvert("run", "--worker", "2").err().lines())
                .hasSizeLessThan(5)
                .last()
                .isEqualTo("`culvert run --help` shows what it takes");
        assertThat(Typed.culvert().err()).contains("a command is missing", "Usage: culvert", "explain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "run --help",
                "test --help",
                "check --help",
                "list --help",
                "explain --help",
                "plan --help",
                "lab --help",
                "lab shell --help",
                "lab prune --help",
                "doctor --help"
            })
    void helps(String arguments) {
        Typed typed = Typed.culvert(arguments.split(" "));

        assertThat(typed.exit()).isEqualTo(ExitCode.OK);
        assertThat(typed.out()).startsWith("Usage: culvert");
    }

    @Test
    void writesAScriptForCompletion() {
        assertThat(Typed.culvert("generate-completion").out()).contains("complete -F _complete_culvert");
    }

    @Test
    void listsEveryTopologyAndRequirementForPrograms() throws IOException {
        JsonNode all = JsonMapper.builder()
                .build()
                .readTree(Typed.culvert("list", "--json").out());

        assertThat(all.path("topologies").findValuesAsText("name"))
                .contains("ipip", "ipip-routed", "ipip-mpls", "ipip-fallback", "gre", "gre-all");
        assertThat(all.path("requirements")).hasSize(Requirements.all().size());
    }

    @Test
    void listsWhatIsSelected() {
        String list = Typed.culvert("list", "--requirement", "rfc2003-3.1-protocol", "--level", "must")
                .out();

        assertThat(list).contains("RFC2003-3.1-PROTOCOL", " 1 requirement").doesNotContain("RFC2003-3.1-TTL");
    }

    @Test
    void explainsARequirementWhateverTheCaseOfItsId() {
        assertThat(Typed.culvert("explain", "rfc2003-3.1-protocol").out())
                .contains("RFC2003-3.1-PROTOCOL", "level", "source", "provoked", "observed");
    }

    @Test
    void plansInMessagesOfNetlinkWithCommandsForTheRest() throws IOException {
        String text =
                Typed.culvert("plan", "gre-key", "--configurator", "netlink").out();
        JsonNode steps = JsonMapper.builder()
                .build()
                .readTree(Typed.culvert("plan", "gre-key", "--configurator", "netlink", "--json")
                        .out())
                .get("steps");

        assertThat(text).contains("rtnetlink RTM_NEWLINK", "IFLA_GRE_IKEY=7", "VETH_INFO_PEER={", "sysctl -q -w");
        assertThat(text.replaceAll("\\s+\\\\\\s+", " "))
                .contains("IFLA_NET_NS_PID=b }")
                .doesNotContain("ip link");
        assertThat(steps)
                .filteredOn(step -> step.get("purpose").asText().equals("link to LAN host h"))
                .singleElement()
                .satisfies(step -> assertThat(step.get("place").asText()).isEqualTo("h"));
    }

    @Test
    void plansForPeopleAndForPrograms() throws IOException {
        String text = Typed.culvert("plan", "ipip").out();
        JsonNode plan = JsonMapper.builder()
                .build()
                .readTree(Typed.culvert("plan", "ipip", "--json").out());

        assertThat(text).contains("ip link add");
        assertThat(plan.path("steps").findValuesAsText("place")).contains("a", "b", "h", "j");
    }

    @Test
    void writesAScriptThatCanBeRun(@TempDir Path directory) {
        Path script = directory.resolve("mine.sh");

        Typed typed = Typed.culvert("plan", "ipip", "--repro", "--out", script.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.OK);
        assertThat(Files.isExecutable(script)).isTrue();
    }

    @Test
    void emptiesNoDirectoryThatHoldsOtherFiles(@TempDir Path directory) throws IOException {
        Path precious = Files.createDirectories(directory.resolve("evidence")).resolve("thesis.tex");
        Files.writeString(precious, "chapter one");

        Typed typed = Typed.culvert("run", "ipip", "--out", directory.toString());

        assertThat(typed.exit()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains(precious.toString(), "was not written by Culvert");
        assertThat(precious).exists();
    }
}
