package dev.culvert.harness.stimulus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.PacketContext;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderStimuliTest {

    static Stream<Topology> topologies() {
        return Topologies.bundled().stream();
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void everyPacketOfAStimulusCanBeToldFromTheOthers(Topology topology) {
        Stream.of(HeaderStimuli.all(), FragmentStimuli.all(), ForwardingStimuli.all(), DecapsulationStimuli.all())
                .flatMap(List::stream)
                .filter(stimulus -> stimulus.appliesTo().test(topology))
                .forEach(stimulus -> {
                    QueueingStage stage = new QueueingStage(topology);

                    stimulus.action().accept(stage);

                    assertThat(stage.packets()).isNotEmpty();
                    assertThat(stage.packets())
                            .extracting(QueueingStage.Queued::label)
                            .doesNotHaveDuplicates();
                    assertThat(stage.packets())
                            .extracting(packet -> mark(topology, packet.bytes()))
                            .doesNotHaveDuplicates();
                });
    }

    @ParameterizedTest
    @MethodSource("topologies")
    void theLargestPacketFitsThePathOnceItIsEncapsulated(Topology topology) {
        QueueingStage stage = new QueueingStage(topology);
        int narrowest =
                topology.ports().stream().mapToInt(port -> port.mtu()).min().orElseThrow();

        HeaderStimuli.all().get(0).action().accept(stage);

        assertThat(stage.packets())
                .filteredOn(packet -> packet.label().equals("length-largest"))
                .extracting(packet -> packet.bytes().length())
                .containsExactly(Math.min(topology.tunnelMtu(Place.A), topology.longestWithin(narrowest)));
    }

    /** The first bytes behind the innermost header, by which captures are searched. */
    private static Bytes mark(Topology topology, Bytes packet) {
        return PacketContext.of(topology)
                .dissect(packet)
                .innermostIp()
                .orElseThrow()
                .carried()
                .slice(0, 8);
    }
}
