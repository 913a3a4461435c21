package dev.culvert.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Throughput;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class IperfTest {

    private static final Iperf TRANSFER =
            new Iperf("tunnel", "tcp", false, InetAddress.getLoopbackAddress(), Throughput.DEFAULT);

    @Test
    void readsWhatTheReceiverCounted() {
        ThroughputRun run = TRANSFER.read(answer(
                0,
                "{\"end\": {\"sum_received\": {\"seconds\": 2, \"bits_per_second\": 4e6, \"bytes\": 1000000}}}",
                ""));

        assertThat(run.goodputBitsPerSecond()).isEqualTo(4e6);
        assertThat(run.failure()).isNull();
    }

    @Test
    void keepsTheReasonOfATransferThatFailed() {
        ThroughputRun run = TRANSFER.read(answer(1, "{\"end\": {}, \"error\": \"unable to connect\"}", ""));

        assertThat(run)
                .isEqualTo(ThroughputRun.failed("tunnel", "tcp", false, "iperf3 measured nothing: unable to connect"));
    }

    @Test
    void keepsTheStatusOfATransferWithoutAReport() {
        ThroughputRun run = TRANSFER.read(answer(137, "{\"start\":", "Killed"));

        assertThat(run.failure()).isEqualTo("iperf3 ended with 137 and no report: Killed");
    }

    private static CommandRecord answer(int exit, String stdout, String stderr) {
        return new CommandRecord(Place.A, List.of("iperf3"), exit, false, stdout, stderr, 0, 0);
    }
}
