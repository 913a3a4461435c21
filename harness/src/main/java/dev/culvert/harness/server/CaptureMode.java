package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CapturePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * How packets are captured.
 *
 * @param snapLength how many bytes of each packet are kept
 * @param bufferKib how much the kernel holds until the file is written, in KiB
 * @param immediate whether each packet goes to the file at once
 * @param filter a libpcap filter expression, or empty for every packet
 */
public record CaptureMode(int snapLength, int bufferKib, boolean immediate, String filter) {

    /**
     * Every byte of every packet up to 9216 bytes. A ring slot is as large as the largest packet (TPACKET_V2, which immediate mode takes), so
     * more bytes would mean fewer packets: 4 MiB are 256 slots, three times what any stimulus makes pass one point. The kernel clears
     * them all beforehand, which an emulated machine takes its time for.
     */
    public static final CaptureMode WHOLE = new CaptureMode(9216, 4_096, true, "");

    /** The headers of millions of packets: 128 bytes hold Ethernet, two IP headers with some options, and TCP with all of its own. */
    public static final CaptureMode BULK = new CaptureMode(128, 32_768, false, "");

    /** The same for those packets that a libpcap filter expression admits. */
    public CaptureMode filtered(String expression) {
        return new CaptureMode(snapLength, bufferKib, immediate, expression);
    }

    List<String> argv(CapturePoint point, String file) {
        List<String> argv = new ArrayList<>(List.of("tcpdump", "-i", point.device(), "-w", file, "-n", "-Z", "root"));
        argv.addAll(List.of("--time-stamp-precision=nano", "-s", Integer.toString(snapLength)));
        argv.addAll(List.of("-B", Integer.toString(bufferKib)));
        if (immediate) {
            argv.addAll(List.of("-U", "--immediate-mode"));
        }
        if (!filter.isEmpty()) {
            argv.addAll(List.of("--", filter));
        }
        return argv;
    }
}
