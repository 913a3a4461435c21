package dev.culvert.reports.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.reports.SampleRun;
import dev.culvert.reports.SampleTopologies;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void pairsRunsThatDifferOnlyInTheirPath() {
        // Given
        List<ThroughputRun> runs = List.of(
                SampleRun.throughput("tunnel", "tcp", 900),
                SampleRun.throughput("underlay", "udp", 200),
                SampleRun.throughput("underlay", "tcp", 1000));

        // When
        List<Comparison> comparisons = Comparison.of(
                new SampleRun().on(SampleTopologies.plain("ipip"), runs).result());

        // Then
        assertThat(comparisons).singleElement().satisfies(comparison -> {
            assertThat(comparison.title()).isEqualTo("ipip TCP, offloads off");
            assertThat(comparison.share()).isEqualTo(0.9);
        });
    }

    @Test
    void leavesOutWhatMeasuredNothing() {
        // Given
        List<ThroughputRun> runs = List.of(
                ThroughputRun.failed("tunnel", "tcp", false, "unable to connect"),
                SampleRun.throughput("underlay", "tcp", 1000));

        // When
        List<Comparison> comparisons = Comparison.of(
                new SampleRun().on(SampleTopologies.plain("ipip"), runs).result());

        // Then
        assertThat(comparisons).isEmpty();
    }

    @Test
    void headerBytesAloneLeaveThePayloadOfAFullSizePacket() {
        // Given: 1500 bytes on the link, 20 of them the outer header, 52 the inner IP and TCP headers
        Topology topology = SampleTopologies.plain("ipip");

        // When
        PacketBudget budget = PacketBudget.of(topology);

        // Then
        assertThat(budget.formula()).isEqualTo("(1480 − 52) / (1500 − 52)");
        assertThat(budget.share()).isEqualTo(1428.0 / 1448);
    }

    @Test
    void theNarrowestLinkSetsTheBudget() {
        assertThat(PacketBudget.of(SampleTopologies.routed()))
                .isEqualTo(new PacketBudget(1400, 1380, Family.IPV4, Family.IPV4));
    }

    @Test
    void headersAreThoseOfTheIpThatIsThere() {
        // Given: IPv6 of 1480 bytes, 72 of them headers, on IPv4 of 1500 bytes, 52 of which would be headers
        Topology topology = Topologies.bundled().stream()
                .filter(t -> t.name().equals("sit"))
                .findFirst()
                .orElseThrow();

        // When
        PacketBudget budget = PacketBudget.of(topology);

        // Then
        assertThat(budget.formula()).isEqualTo("(1480 − 72) / (1500 − 52)");
    }

    @Test
    void labelsComeOutOfTheBudget() {
        // Given: two labels of 4 bytes one way, one the other
        Topology topology = SampleTopologies.labelled();

        // When
        PacketBudget budget = PacketBudget.of(topology);

        // Then
        assertThat(budget.tunnelMtu()).isEqualTo(topology.tunnelMtu(Place.A) - 8);
    }

    @Test
    void udpIsOfferedAtOneRateAndHasNoBudget() {
        // Given
        List<ThroughputRun> runs =
                List.of(SampleRun.throughput("tunnel", "udp", 200), SampleRun.throughput("underlay", "udp", 200));

        // When
        List<Comparison> comparisons = Comparison.of(
                new SampleRun().on(SampleTopologies.plain("ipip"), runs).result());

        // Then
        assertThat(comparisons.get(0).budget()).isEmpty();
    }
}
