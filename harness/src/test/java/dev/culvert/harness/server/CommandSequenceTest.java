package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandSequenceTest {

    private static final List<String> UP = words("ip link set lo up");
    private static final List<String> ADDRESS = words("ip addr add 198.51.100.1/32 dev lo");
    private static final List<String> ANOTHER = words("ip addr add 198.51.100.2/32 dev lo");
    private static final List<String> NONSENSE = words("ip addr frobnicate");
    private static final List<String> LIST = words("ip -j addr show dev lo");

    private LocalAgent agent;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        agent = LocalAgent.isolated();
        server = agent.attach();
    }

    @AfterEach
    void end() {
        agent.close();
    }

    @Test
    void everyCommandHasItsOwnRecord() {
        List<CommandRecord> records = server.runInOrder(Place.A, List.of(UP, ADDRESS, ANOTHER, LIST));

        assertThat(records).extracting(CommandRecord::argv).containsExactly(UP, ADDRESS, ANOTHER, LIST);
        assertThat(records).extracting(CommandRecord::exit).containsOnly(0);
        assertThat(records.get(3).stdout()).contains("198.51.100.1", "198.51.100.2");
        assertThat(agent.log().records()).isEqualTo(records);
    }

    @Test
    void oneThatFailsHasTheStatusThatItHasByItselfAndTheOthersGoOn() {
        List<CommandRecord> records =
                server.runInOrder(Place.A, List.of(UP, ADDRESS, ADDRESS, LIST, NONSENSE, LIST, ANOTHER, LIST));

        // ip(8): 1 for a syntax error, 2 for an error reported by the kernel; an unknown command is -1.
        assertThat(records).extracting(CommandRecord::exit).containsExactly(0, 0, 2, 0, 255, 0, 0, 0);
        assertThat(records.get(2).stderr())
                .containsPattern("exists|already assigned")
                .doesNotContain("Command failed");
        assertThat(records.get(4).stderr()).contains("frobnicate").doesNotContain("Command failed");
        assertThat(records.get(7).stdout()).contains("198.51.100.1", "198.51.100.2");
        assertThat(agent.log().records()).isEqualTo(records);
    }

    private static List<String> words(String command) {
        return Stream.of(command.split(" ", -1)).toList();
    }
}
