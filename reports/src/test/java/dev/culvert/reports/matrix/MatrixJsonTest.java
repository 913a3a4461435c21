package dev.culvert.reports.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.conformance.Outcome;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixJsonTest {

    @Test
    void keepsTheFieldsThatProgramsRead() throws Exception {
        // Given
        var run = new SampleRun()
                .on(
                        SampleTopologies.plain("ipip"),
                        List.of(
                                SampleRun.throughput("tunnel", "tcp", 900),
                                SampleRun.throughput("underlay", "tcp", 1000)))
                .found("SAMPLE-TTL", "ipip", Outcome.FAIL, 1);

        // When
        JsonNode json = JsonMapper.builder().build().readTree(MatrixJson.of(run.result()));

        // Then
        assertThat(json.at("/format").asInt()).isEqualTo(1);
        assertThat(json.at("/started").asText()).isEqualTo("2026-11-23T20:00:00Z");
        assertThat(json.at("/outcomes/FAIL").asInt()).isEqualTo(1);
        assertThat(json.at("/topologies/0/kernel").asText()).isEqualTo("6.12.94");
        JsonNode row = json.at("/requirements/0");
        assertThat(row.at("/id").asText()).isEqualTo("SAMPLE-TTL");
        assertThat(row.at("/level").asText()).isEqualTo("MUST");
        JsonNode found = row.at("/verdicts/ipip/findings/0");
        assertThat(found.at("/expected").asText()).isEqualTo("64");
        assertThat(found.at("/packet/point").asText()).isEqualTo("a.eth0");
        assertThat(found.at("/packet/offset").asInt()).isEqualTo(22);
        assertThat(found.at("/packet/bytes").asText()).isEqualTo(SampleRun.PACKET.toString());
        assertThat(json.at("/throughput/0/share").asDouble()).isEqualTo(0.9);
    }

    @Test
    void saysOfATopologyThatItWasObservedASecondTime() throws Exception {
        // Given
        var run = new SampleRun()
                .on(SampleTopologies.plain("ipip"))
                .again("Oops: int3: 0000 [#1]")
                .on(SampleTopologies.plain("gre"))
                .pass("SAMPLE-TTL", "ipip")
                .pass("SAMPLE-TTL", "gre");

        // When
        JsonNode json = JsonMapper.builder().build().readTree(MatrixJson.of(run.result()));

        // Then
        assertThat(json.at("/topologies").findValuesAsText("repetition"))
                .singleElement()
                .asString()
                .contains("a second time", "Oops: int3: 0000 [#1]");
    }
}
