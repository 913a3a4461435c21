package dev.culvert.harness.evidence;

import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/** What happened between the start and the end of one stimulus. */
public final class Window {

    private final Evidence evidence;
    private final StimulusRecord stimulus;

    Window(Evidence evidence, StimulusRecord stimulus) {
        this.evidence = evidence;
        this.stimulus = stimulus;
    }

    public StimulusRecord stimulus() {
        return stimulus;
    }

    public Topology topology() {
        return evidence.topology();
    }

    /** The packets that a point carried meanwhile, in order; throws {@link NotObserved} if its capture is not complete. */
    public List<Seen> at(CapturePoint point) {
        return evidence.capture(point).packets().stream()
                .filter(p -> p.timestampNanos() >= stimulus.fromNanos() && p.timestampNanos() <= stimulus.untilNanos())
                .map(p -> new Seen(point, p))
                .toList();
    }

    /** The packets on a device of a place; see {@link #at(CapturePoint)}. */
    public List<Seen> at(Place place, String device) {
        return at(new CapturePoint(place, device));
    }

    /** The tunnel device's packets on a server that ends the tunnel. */
    public List<Seen> atTunnel(Place place) {
        return at(place, evidence.topology().endpoint(place).tunnel().device());
    }

    /** The underlay device's packets on a server that ends the tunnel. */
    public List<Seen> atUnderlay(Place place) {
        return at(place, evidence.topology().endpoint(place).underlay().device());
    }

    /** By how much a counter of a place moved; throws {@link NotObserved} when it was not read on both sides. */
    public long delta(Place place, String counter) {
        Counters before = stimulus.before().get(place);
        Counters after = stimulus.after().get(place);
        if (before == null || after == null) {
            throw new NotObserved(
                    "the counters of " + place.id() + " were not read around the stimulus \"" + stimulus.id() + "\"");
        }
        return after.get(counter) - before.get(counter);
    }

    /** By how much a counter of the tunnel device moved on a server, {@code rx_errors} for instance. */
    public long tunnelDelta(Place place, String counter) {
        return delta(
                place, "link." + evidence.topology().endpoint(place).tunnel().device() + "." + counter);
    }

    /** What the stimulus sent under a label; throws {@link NotObserved} when it did not, or the kernel refused it. */
    public Sent sent(String label) {
        Sent sent = stimulus.sent().stream()
                .filter(s -> s.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new NotObserved("the stimulus \"" + stimulus.id() + "\" sent no packet \"" + label + "\""));
        if (sent.error() != null) {
            throw new NotObserved("the packet \"" + label + "\" of the stimulus \"" + stimulus.id()
                    + "\" was refused by the kernel: " + sent.error());
        }
        return sent;
    }

    /** The headers of what the stimulus sent under a label; see {@link #sent}. */
    public Dissection dissectSent(String label) {
        Sent sent = sent(label);
        LinkType linkType = sent.device().isEmpty() ? LinkType.RAW : LinkType.ETHERNET;
        return Dissector.dissect(sent.bytes(), linkType, evidence.context());
    }

    /** The result of a command that the stimulus ran; throws {@link NotObserved} when it did not. */
    public CommandRecord answer(String name) {
        CommandRecord answer = stimulus.answers().get(name);
        if (answer == null) {
            throw new NotObserved("the stimulus \"" + stimulus.id() + "\" has no answer \"" + name + "\"");
        }
        return answer;
    }
}
