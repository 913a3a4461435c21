package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.ArrayList;
import java.util.List;

/** A stage without servers, which only keeps what a stimulus sends. */
final class QueueingStage implements Stage {

    /** A packet with the label that it was sent under. */
    record Queued(String label, Place from, Bytes bytes) {}

    private final Topology topology;
    private final List<Queued> packets = new ArrayList<>();

    QueueingStage(Topology topology) {
        this.topology = topology;
    }

    /** The IP packets sent so far. */
    List<Queued> packets() {
        return packets;
    }

    @Override
    public Topology topology() {
        return topology;
    }

    @Override
    public void send(String label, Place from, byte[] packet) {
        packets.add(new Queued(label, from, Bytes.of(packet)));
    }

    @Override
    public void inject(String label, Place from, String device, byte[] frame) {}

    @Override
    public void run(String answer, Place place, List<String> argv) {}

    @Override
    public CommandRecord ask(String answer, Place place, List<String> argv) {
        return new CommandRecord(place, argv, 0, false, "", "", 0, 0);
    }

    @Override
    public void settleTimers() {}

    @Override
    public void settle() {}

    @Override
    public void tunnelOptions(List<String> words) {}

    @Override
    public void afterwards(Place place, List<String> argv) {}
}
