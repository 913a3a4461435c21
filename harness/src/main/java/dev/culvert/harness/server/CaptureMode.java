package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CapturePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * How packets of bulk traffic are captured.
 *
 * @param snapLength how many bytes of each packet are kept
 * @param bufferKib how much the kernel holds until the file is written, in KiB
 * @param filter a libpcap filter expression, or empty for every packet
 */
public record CaptureMode(int snapLength, int bufferKib, String filter) {

    /** The headers of millions of packets: 128 bytes hold Ethernet, two IP headers with some options, and TCP with all of its own. */
    public static final CaptureMode BULK = new CaptureMode(128, 32_768, "");

    /** The same for those packets that a libpcap filter expression admits. */
    public CaptureMode filtered(String expression) {
        return new CaptureMode(snapLength, bufferKib, expression);
    }

    List<String> argv(CapturePoint point, String file) {
        List<String> argv = new ArrayList<>(List.of("tcpdump", "-i", point.device(), "-w", file, "-n", "-Z", "root"));
        argv.addAll(List.of("--time-stamp-precision=nano", "-s", Integer.toString(snapLength)));
        argv.addAll(List.of("-B", Integer.toString(bufferKib)));
        if (!filter.isEmpty()) {
            argv.addAll(List.of("--", filter));
        }
        return argv;
    }
}
