package dev.culvert.harness.evidence;

import dev.culvert.harness.packet.PacketContext;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Everything observed while a topology was up, immutable. Read from a directory by {@link EvidenceDirectory}; changed
 * copies exist so that a test can damage one respect of a recording and see the requirement that guards it fail.
 *
 * @param configured the state of each place after configuration, before the first stimulus
 * @param afterwards the state of each place after the last stimulus
 * @param bulk the captures of the throughput runs, left on disk
 */
public record Evidence(
        Manifest manifest,
        Topology topology,
        List<StimulusRecord> stimuli,
        Map<CapturePoint, Capture> captures,
        Map<Place, PlaceState> configured,
        Map<Place, PlaceState> afterwards,
        List<CommandRecord> commands,
        String kernelLog,
        List<ThroughputRun> throughput,
        List<BulkCapture> bulk) {

    public Evidence {
        stimuli = List.copyOf(stimuli);
        captures = Map.copyOf(captures);
        configured = Map.copyOf(configured);
        afterwards = Map.copyOf(afterwards);
        commands = List.copyOf(commands);
        throughput = List.copyOf(throughput);
        bulk = List.copyOf(bulk);
    }

    /** What the topology's configuration says of packets that they do not say themselves. */
    public PacketContext context() {
        return PacketContext.of(topology);
    }

    /** What happened during a stimulus; throws {@link NotObserved} when it did not run. */
    public Window during(String stimulus) {
        return stimuli.stream()
                .filter(s -> s.id().equals(stimulus))
                .findFirst()
                .map(s -> new Window(this, s))
                .orElseThrow(() -> new NotObserved("the stimulus \"" + stimulus + "\" did not run"));
    }

    /** The state of a place before the first stimulus; throws {@link NotObserved} when it was not recorded. */
    public PlaceState configured(Place place) {
        PlaceState state = configured.get(place);
        if (state == null) {
            throw new NotObserved("the state of " + place.id() + " was not recorded");
        }
        return state;
    }

    /** The state of a place after the last stimulus; throws {@link NotObserved} when it was not recorded. */
    public PlaceState afterwards(Place place) {
        PlaceState state = afterwards.get(place);
        if (state == null) {
            throw new NotObserved("the state of " + place.id() + " after the stimuli was not recorded");
        }
        return state;
    }

    /** The whole capture of a point; throws {@link NotObserved} when there is none or the kernel dropped packets. */
    public Capture capture(CapturePoint point) {
        Capture capture = captures.get(point);
        if (capture == null) {
            throw new NotObserved("nothing was captured on " + point);
        }
        if (!capture.count().complete()) {
            throw new NotObserved("the capture on " + point + " is incomplete: the kernel dropped "
                    + (capture.count().dropped() < 0
                            ? "an unknown number of"
                            : capture.count().dropped())
                    + " packets");
        }
        return capture;
    }

    /** A copy in which one capture is changed. */
    public Evidence withCapture(CapturePoint point, UnaryOperator<Capture> change) {
        Map<CapturePoint, Capture> changed = new HashMap<>(captures);
        changed.computeIfPresent(point, (p, capture) -> change.apply(capture));
        return new Evidence(
                manifest, topology, stimuli, changed, configured, afterwards, commands, kernelLog, throughput, bulk);
    }

    /** A copy in which the record of one stimulus is changed. */
    public Evidence withStimulus(String id, UnaryOperator<StimulusRecord> change) {
        List<StimulusRecord> changed = stimuli.stream()
                .map(s -> s.id().equals(id) ? change.apply(s) : s)
                .toList();
        return new Evidence(
                manifest, topology, changed, captures, configured, afterwards, commands, kernelLog, throughput, bulk);
    }

    /** A copy in which the configured state of one place is changed. */
    public Evidence withConfigured(Place place, UnaryOperator<PlaceState> change) {
        Map<Place, PlaceState> changed = new HashMap<>(configured);
        changed.computeIfPresent(place, (p, state) -> change.apply(state));
        return new Evidence(
                manifest, topology, stimuli, captures, changed, afterwards, commands, kernelLog, throughput, bulk);
    }

    /** A copy with another kernel log. */
    public Evidence withKernelLog(String log) {
        return new Evidence(
                manifest, topology, stimuli, captures, configured, afterwards, commands, log, throughput, bulk);
    }

    /** A copy with another manifest. */
    public Evidence withManifest(Manifest other) {
        return new Evidence(
                other, topology, stimuli, captures, configured, afterwards, commands, kernelLog, throughput, bulk);
    }

    /** A copy with other throughput runs. */
    public Evidence withThroughput(List<ThroughputRun> runs) {
        return new Evidence(
                manifest, topology, stimuli, captures, configured, afterwards, commands, kernelLog, runs, bulk);
    }

    /** A copy with other bulk captures. */
    public Evidence withBulk(List<BulkCapture> others) {
        return new Evidence(
                manifest, topology, stimuli, captures, configured, afterwards, commands, kernelLog, throughput, others);
    }
}
