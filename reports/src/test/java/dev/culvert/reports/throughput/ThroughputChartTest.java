package dev.culvert.reports.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThroughputChartTest {

    private final String chart = ThroughputChart.of(Comparison.of(new SampleRun()
                    .on(
                            SampleTopologies.plain("ipip"),
                            List.of(
                                    SampleRun.throughput("tunnel", "tcp", 900),
                                    SampleRun.throughput("underlay", "tcp", 1000),
                                    SampleRun.throughput("tunnel", "udp", 150),
                                    SampleRun.throughput("underlay", "udp", 200)))
                    .on(
                            SampleTopologies.plain("other"),
                            List.of(
                                    SampleRun.throughput("tunnel", "tcp", 250),
                                    SampleRun.throughput("underlay", "tcp", 500)))
                    .result()))
            .toString();

    @Test
    void standsEveryTopologyBelowTheOtherOnOneScaleForEachTraffic() {
        // 120 pixels are 10⁹ bit/s in the column of TCP, which begins at 150.
        assertThat(chart)
                .contains(
                        "class=\"u\" x=\"150\" y=\"59\" width=\"120.0\"",
                        "class=\"t\" x=\"150\" y=\"75\" width=\"108.0\"")
                .contains(
                        "class=\"u\" x=\"150\" y=\"103\" width=\"60.0\"",
                        "class=\"t\" x=\"150\" y=\"119\" width=\"30.0\"")
                .contains("900 Mbit/s, 90.0 %", "250 Mbit/s, 50.0 %");
    }

    @Test
    void saysOnceWhatTheTrafficIs() {
        assertThat(chart.split("TCP, offloads off", -1)).hasSize(2);
        assertThat(chart.split("UDP, offloads off", -1)).hasSize(2);
    }

    @Test
    void showsWhatTheHeaderBytesAllowOfTheSameUnderlay() {
        // 1428 of 1448 bytes of payload: 118.3 of 120 pixels, and half of that for the slower underlay.
        assertThat(chart).contains("class=\"h\" d=\"M268.3 73v17\"", "class=\"h\" d=\"M209.2 117v17\"");
        // The legend has the third; UDP is offered at one rate and has none.
        assertThat(chart.split("class=\"h\"", -1)).hasSize(4);
    }
}
