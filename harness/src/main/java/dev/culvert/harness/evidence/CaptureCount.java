package dev.culvert.harness.evidence;

/**
 * What the capturing kernel says of one capture: packets written, packets that passed its filter, and packets it had to
 * drop for want of buffer space. A capture whose drop count is unknown ({@code -1}) counts as one with drops.
 */
public record CaptureCount(long captured, long received, long dropped) {

    /** The count of a capture whose closing statistics were never seen. */
    public static final CaptureCount UNKNOWN = new CaptureCount(-1, -1, -1);

    /** Says whether every packet that passed the interface is in the capture. */
    public boolean complete() {
        return dropped == 0;
    }
}
