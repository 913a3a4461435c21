package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.plan.RunStep;
import java.util.List;
import org.junit.jupiter.api.Test;

class IpBatchTest {

    private static final RunStep UP = step(Place.A, "ip", "link", "set", "lo", "up");
    private static final RunStep ADDRESS = step(Place.A, "ip", "addr", "add", "198.51.100.1/24", "dev", "eth0");
    private static final RunStep ROUTE = step(Place.A, "ip", "route", "add", "default", "via", "198.51.100.2");

    @Test
    void oneProcessCarriesOutIpCommandsOfOnePlace() {
        List<IpBatch> batches = IpBatch.of(List.of(UP, ADDRESS, ROUTE));

        assertThat(batches).singleElement().extracting(IpBatch::command).satisfies(command -> {
            assertThat(command.argv()).containsExactly("ip", "-batch", "-");
            assertThat(command.input())
                    .isEqualTo(
                            "link set lo up\naddr add 198.51.100.1/24 dev eth0\nroute add default via 198.51.100.2\n");
        });
    }

    @Test
    void whatIsNoPlainIpCommandIsAlone() {
        RunStep ethtool = step(Place.A, "ethtool", "-K", "eth0", "tx", "off");
        RunStep family = step(Place.A, "ip", "-f", "mpls", "route", "add", "100", "dev", "lo");
        RunStep namespace = step(Place.A, "ip", "netns", "add", "h");
        RunStep odd = step(Place.A, "ip", "link", "set", "dev", "a\nlink delete eth0");
        RunStep asking = step(Place.A, "ip", "link", "show", "dev", "lo");
        RunStep elsewhere = step(Place.H, "ip", "link", "set", "lo", "up");

        List<IpBatch> batches =
                IpBatch.of(List.of(UP, ADDRESS, ethtool, family, namespace, odd, asking, UP, elsewhere));

        assertThat(batches)
                .extracting(IpBatch::steps)
                .containsExactly(
                        List.of(UP, ADDRESS),
                        List.of(ethtool),
                        List.of(family),
                        List.of(namespace),
                        List.of(odd),
                        List.of(asking),
                        List.of(UP),
                        List.of(elsewhere));
        assertThat(batches.get(2).command().argv()).isEqualTo(family.argv());
    }

    @Test
    void everyStepHasARecordWhenAllWentWell() {
        IpBatch batch = IpBatch.of(List.of(UP, ADDRESS)).get(0);

        List<CommandRecord> records = batch.records(whole(0, ""));

        assertThat(records).extracting(CommandRecord::argv).containsExactly(UP.argv(), ADDRESS.argv());
        assertThat(records).extracting(CommandRecord::exit).containsOnly(0);
    }

    @Test
    void theStepThatFailedIsTheLastWithARecord() {
        String said = "RTNETLINK answers: File exists\nCommand failed -:2\n";
        IpBatch batch = IpBatch.of(List.of(UP, ADDRESS, ROUTE)).get(0);

        List<CommandRecord> records = batch.records(whole(1, said));

        assertThat(records).extracting(CommandRecord::argv).containsExactly(UP.argv(), ADDRESS.argv());
        assertThat(records).extracting(CommandRecord::exit).containsExactly(0, 1);
        assertThat(records).extracting(CommandRecord::stderr).containsExactly("", said);
    }

    @Test
    void aProcessThatWasEndedDoesNotTellHowFarItCame() {
        IpBatch batch = IpBatch.of(List.of(UP, ADDRESS)).get(0);

        assertThat(batch.tellsHowFarItCame(whole(0, ""))).isTrue();
        assertThat(batch.tellsHowFarItCame(whole(1, "RTNETLINK answers: File exists\nCommand failed -:2\n")))
                .isTrue();
        assertThat(batch.tellsHowFarItCame(whole(137, ""))).isFalse();
    }

    @Test
    void realIpTellsTheLineItGaveUpAt() {
        try (LocalAgent agent = new LocalAgent()) {
            RunStep shown = step(Place.A, "ip", "link", "show", "lo");
            RunStep missing = step(Place.A, "ip", "link", "show", "nosuch0");
            IpBatch batch = new IpBatch(Place.A, List.of(shown, shown, missing, shown));

            CommandRecord whole = agent.attach().run(batch.command());

            assertThat(batch.records(whole)).hasSize(3).last().satisfies(record -> {
                assertThat(record.argv()).isEqualTo(missing.argv());
                assertThat(record.exit()).isNotZero();
                assertThat(record.stderr()).contains("nosuch0");
            });
        }
    }

    private static RunStep step(Place place, String... argv) {
        return new RunStep(place, List.of(argv), "test");
    }

    private static CommandRecord whole(int exit, String stderr) {
        return new CommandRecord(Place.A, List.of("ip", "-batch", "-"), exit, false, "", stderr, 1, 2);
    }
}
