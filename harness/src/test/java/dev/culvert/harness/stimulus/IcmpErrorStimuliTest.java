package dev.culvert.harness.stimulus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IcmpErrorStimuliTest {

    static Stream<Topology> topologies() {
        return Topologies.bundled().stream()
                .filter(topology -> topology.mpls() == null
                        && IcmpErrorStimuli.all().get(0).appliesTo().test(topology));
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void noErrorCanOvertakeThePacketsAroundIt(Topology topology) {
        List<QueueingStage.Queued> packets = perform(topology, IcmpErrorStimuli.ERRORS);

        assertThat(packets).extracting(QueueingStage.Queued::from).containsOnly(Place.B);
        assertThat(packets)
                .extracting(QueueingStage.Queued::label)
                .containsSubsequence(
                        TunnelError.NET_UNREACHABLE.label(),
                        TunnelError.NET_UNREACHABLE.request(1),
                        TunnelError.NET_UNREACHABLE.request(2),
                        TunnelError.HOST_UNREACHABLE.label());
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void morePacketsFollowThanErrorsCameSoThatNoneIsRemembered(Topology topology) {
        List<String> labels = perform(topology, IcmpErrorStimuli.ERRORS).stream()
                .map(QueueingStage.Queued::label)
                .toList();

        assertThat(labels).filteredOn(label -> label.startsWith("burst-error")).hasSize(IcmpErrorStimuli.BURST);
        assertThat(labels.subList(labels.lastIndexOf("burst-error-" + IcmpErrorStimuli.BURST) + 1, labels.size()))
                .hasSizeGreaterThan(IcmpErrorStimuli.BURST);
    }

    private static List<QueueingStage.Queued> perform(Topology topology, String id) {
        QueueingStage stage = new QueueingStage(topology);
        IcmpErrorStimuli.all().stream()
                .filter(stimulus -> stimulus.id().equals(id))
                .filter(stimulus -> stimulus.appliesTo().test(topology))
                .forEach(stimulus -> stimulus.action().accept(stage));
        return stage.packets();
    }
}
