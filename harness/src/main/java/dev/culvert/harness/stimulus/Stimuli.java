package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Every stimulus there is, in the order in which they are performed: what takes devices down comes last. */
public final class Stimuli {

    private static final List<Stimulus> ALL = Stream.of(
                    HeaderStimuli.all(),
                    FragmentStimuli.all(),
                    DecapsulationStimuli.all(),
                    ForwardingStimuli.all(),
                    MulticastStimuli.all(),
                    MplsStimuli.all(),
                    HostileStimuli.all(),
                    ModeStimuli.all(),
                    OuterFragmentStimuli.all(),
                    IcmpErrorStimuli.all(),
                    PathMtuStimuli.all(),
                    MtuStimuli.all(),
                    DemuxStimuli.all(),
                    RouteStimuli.all(),
                    GreStimuli.all(),
                    GreFrameStimuli.all(),
                    FrameStimuli.all(),
                    EspStimuli.all(),
                    BridgeStimuli.all(),
                    DeviceStimuli.all(),
                    GreStimuli.last(),
                    EspStimuli.last())
            .flatMap(List::stream)
            .map(stimulus -> stimulus.onlyFor(topology -> !topology.usesIpv6()))
            .toList();

    private Stimuli() {}

    /** The stimuli that can be done to a topology, in order. */
    public static List<Stimulus> of(Topology topology) {
        return ALL.stream().filter(s -> s.appliesTo().test(topology)).toList();
    }

    /** Performs the stimuli of a topology one after the other; {@code begun} is told of each. */
    public static List<StimulusRecord> perform(Topology topology, Servers servers, Consumer<Stimulus> begun) {
        Quiescence quiescence = new Quiescence(servers, topology.places());
        Map<Place, Counters> counters = quiescence.counters();
        List<StimulusRecord> records = new ArrayList<>();
        for (Stimulus stimulus : of(topology)) {
            begun.accept(stimulus);
            LiveStage.Performed performed = LiveStage.perform(stimulus, topology, servers, quiescence, counters);
            records.add(performed.record());
            counters = performed.atRest();
        }
        return records;
    }
}
