package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.Counters;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every stimulus there is, in the order in which they are performed: what takes devices down comes last. */
public final class Stimuli {

    private static final List<Stimulus> ALL = Stream.of(
                    HeaderStimuli.all(),
                    FragmentStimuli.all(),
                    DecapsulationStimuli.all(),
                    ForwardingStimuli.all(),
                    MulticastStimuli.all(),
                    ipv4Alone(MplsStimuli.all()),
                    HostileStimuli.all(),
                    ipv4Alone(ModeStimuli.all()),
                    Ipv6InnerStimuli.all(),
                    RouterStimuli.all(),
                    Ipv6OuterStimuli.all(),
                    OuterFragmentStimuli.all(),
                    IcmpErrorStimuli.all(),
                    PathMtuStimuli.all(),
                    MtuStimuli.all(),
                    DemuxStimuli.all(),
                    ExternalStimuli.all(),
                    SixRdStimuli.all(),
                    IsatapStimuli.all(),
                    IsatapRouterStimuli.all(),
                    PotentialRouterStimuli.all(),
                    RouteStimuli.all(),
                    RouteMarkStimuli.all(),
                    InheritedMarkStimuli.all(),
                    LocalRemoteStimuli.all(),
                    GreStimuli.all(),
                    ipv4Inside(GreFrameStimuli.all()),
                    ipv4Inside(FrameStimuli.all()),
                    FrameStimuli.ofAnyIp(),
                    EspStimuli.all(),
                    UdpStimuli.all(),
                    GueStimuli.all(),
                    GeneveStimuli.all(),
                    ipv4Inside(BridgeStimuli.all()),
                    ErspanMirrorStimuli.all(),
                    DeviceStimuli.all(),
                    GreGroupStimuli.all(),
                    GreStimuli.last(),
                    EspInUdpStimuli.last(),
                    EspStimuli.last(),
                    ErspanStimuli.last())
            .flatMap(List::stream)
            .toList();

    /** What can be done to a tunnel whose ends send to a group. */
    private static final Set<String> TO_GROUPS = Stream.of(
                    HeaderStimuli.all(),
                    MulticastStimuli.all(),
                    MtuStimuli.all(),
                    RouteStimuli.all(),
                    GreGroupStimuli.all())
            .flatMap(List::stream)
            .map(Stimulus::id)
            .collect(Collectors.toSet());

    /** What can be done to a tunnel that lets nothing through but labelled packets. */
    private static final Set<String> LABELLED = Stream.of(MplsStimuli.all(), ModeStimuli.all(), MtuStimuli.all())
            .flatMap(List::stream)
            .map(Stimulus::id)
            .collect(Collectors.toSet());

    private Stimuli() {}

    /** Stimuli whose inner packets are IPv4, for topologies that have such inside. */
    private static List<Stimulus> ipv4Inside(List<Stimulus> stimuli) {
        return stimuli.stream()
                .map(stimulus -> stimulus.onlyFor(topology -> topology.innerFamily() == Family.IPV4))
                .toList();
    }

    /** Stimuli whose packets are IPv4 through and through, for topologies that are. */
    private static List<Stimulus> ipv4Alone(List<Stimulus> stimuli) {
        return stimuli.stream()
                .map(stimulus -> stimulus.onlyFor(topology -> !topology.usesIpv6()))
                .toList();
    }

    /** The stimuli that can be done to a topology, in order. */
    public static List<Stimulus> of(Topology topology) {
        return ALL.stream()
                .filter(s -> s.appliesTo().test(topology))
                .filter(s -> !topology.toGroup() || TO_GROUPS.contains(s.id()))
                .filter(s -> topology.carriesUnlabelled() || LABELLED.contains(s.id()))
                .toList();
    }

    /** Performs the stimuli of a topology one after the other; {@code begun} is told of each. */
    public static List<StimulusRecord> perform(Topology topology, Servers servers, Consumer<Stimulus> begun) {
        Quiescence quiescence = new Quiescence(servers.watcher(), topology.places());
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
