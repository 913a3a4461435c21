package dev.culvert.harness.evidence;

import org.jspecify.annotations.Nullable;

/**
 * One iperf3 run.
 *
 * @param path {@code tunnel} or {@code underlay}
 * @param protocol {@code tcp} or {@code udp}
 * @param offloads whether segmentation, checksum and receive offloads were on
 * @param goodputBitsPerSecond payload received per second
 * @param lossPercent datagrams lost, as the receiver counted them; 0 for TCP
 * @param senderCpuPercent CPU time of the sender's process and its kernel work, of one processor
 * @param failure why nothing was measured, in iperf3's words, and every figure is 0; null when it was measured
 */
public record ThroughputRun(
        String path,
        String protocol,
        boolean offloads,
        double seconds,
        double goodputBitsPerSecond,
        long payloadBytes,
        double lossPercent,
        long retransmits,
        double senderCpuPercent,
        double receiverCpuPercent,
        @Nullable String failure) {

    /** A run that measured nothing. */
    public static ThroughputRun failed(String path, String protocol, boolean offloads, String failure) {
        return new ThroughputRun(path, protocol, offloads, 0, 0, 0, 0, 0, 0, 0, failure);
    }

    /** A name that tells the runs of one topology apart, {@code tunnel-tcp-offloads-on}. */
    public String name() {
        return path + "-" + protocol + "-offloads-" + (offloads ? "on" : "off");
    }
}
