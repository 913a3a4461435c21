package dev.culvert.harness.evidence;

import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.packet.Dissection;

/** A captured packet together with where it was seen. */
public record Seen(CapturePoint at, CapturedPacket packet) {

    /** The packet's headers. */
    public Dissection dissect() {
        return packet.dissect();
    }
}
