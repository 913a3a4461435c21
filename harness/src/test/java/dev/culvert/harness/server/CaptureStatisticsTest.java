package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.CaptureCount;
import org.junit.jupiter.api.Test;

class CaptureStatisticsTest {

    @Test
    void readsWhatTcpdumpSaysWhenItEnds() {
        String said = """
                tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 9216 bytes
                1 packet captured
                12 packets received by filter
                11 packets dropped by kernel
                """;

        assertThat(CaptureStatistics.last(said)).contains(new CaptureStatistics(1, 12, 11));
    }

    @Test
    void readsTheLastOfSeveralStatisticsOnDemand() {
        String said = """
                tcpdump: 1 packet captured, 1 packet received by filter, 0 packets dropped by kernel
                tcpdump: 2 packets captured, 5 packets received by filter, 0 packets dropped by kernel
                """;

        assertThat(CaptureStatistics.last(said)).contains(new CaptureStatistics(2, 5, 0));
    }

    @Test
    void hasNoneOfATextWithoutStatistics() {
        assertThat(CaptureStatistics.last("tcpdump: eth0: No such device exists"))
                .isEmpty();
    }

    @Test
    void isWrittenWhenAllThatWasNotDroppedWasCaptured() {
        assertThat(new CaptureStatistics(7, 10, 3).written()).isTrue();
        assertThat(new CaptureStatistics(6, 10, 3).written()).isFalse();
    }

    @Test
    void countsPacketsThatNobodyReadAsDropped() {
        CaptureCount count = new CaptureStatistics(6, 10, 0).count();

        assertThat(count).isEqualTo(new CaptureCount(6, 10, 4));
        assertThat(count.complete()).isFalse();
    }
}
