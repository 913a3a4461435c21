package dev.culvert.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ObservationRequestTest {

    private static final List<Topology> TOPOLOGIES = Stream.of("gre", "gre-csum", "ipip", "ipip-fou")
            .map(Topologies::named)
            .toList();

    @Test
    void throughputIsMeasuredLastWhereFewerLabsMeasure() {
        ObservationRequest request = request(3, 1, Set.of("gre", "ipip"));

        assertThat(request.rounds())
                .containsExactly(
                        new Round(List.of(TOPOLOGIES.get(1), TOPOLOGIES.get(3)), 2),
                        new Round(List.of(TOPOLOGIES.get(0), TOPOLOGIES.get(2)), 1));
        assertThat(request.besideMeasurements()).containsExactlyInAnyOrder("gre", "ipip");
    }

    @Test
    void allAreSharedOutTogetherWhereAsManyLabsMeasure() {
        ObservationRequest request = request(2, 2, Set.of("ipip"));

        assertThat(request.rounds()).containsExactly(new Round(TOPOLOGIES, 2));
        assertThat(request.besideMeasurements()).containsExactlyInAnyOrder("gre", "gre-csum", "ipip", "ipip-fou");
    }

    @Test
    void oneRoundIsEnoughWhereNothingOrEverythingIsMeasured() {
        assertThat(request(3, 1, Set.of()).rounds()).containsExactly(new Round(TOPOLOGIES, 3));
        assertThat(request(3, 1, Set.of()).besideMeasurements()).isEmpty();
        assertThat(request(3, 1, Set.of("gre", "gre-csum", "ipip", "ipip-fou")).rounds())
                .containsExactly(new Round(TOPOLOGIES, 1));
    }

    private static ObservationRequest request(int workers, int measuring, Set<String> measured) {
        return new ObservationRequest(
                TOPOLOGIES,
                LabKind.QEMU,
                new KernelChoice.Debian("6.12", List.of()),
                ConfiguredBy.IPROUTE2,
                workers,
                measuring,
                topology -> measured.contains(topology.name()),
                Path.of("evidence"));
    }
}
