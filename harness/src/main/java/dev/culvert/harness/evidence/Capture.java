package dev.culvert.harness.evidence;

import dev.culvert.harness.capture.CapturedPacket;
import java.util.List;

/** Everything one interface carried while the stimuli ran, in the order of capture. */
public record Capture(CapturePoint point, CaptureCount count, List<CapturedPacket> packets) {

    public Capture {
        packets = List.copyOf(packets);
    }

    /** The same capture with other packets; its count stays. */
    public Capture withPackets(List<CapturedPacket> others) {
        return new Capture(point, count, others);
    }
}
