package dev.culvert.harness.capture;

import java.util.List;
import java.util.Map;

/**
 * What was found in a bulk capture. Every packet was looked at.
 *
 * @param packets all packets of the file
 * @param tunnelPackets those of the tunnel's outer protocol, right and wrong ones
 * @param tunnelBytes the outer total lengths of these, summed up
 * @param otherPackets those of other protocols (ARP, IPv6, plain IPv4), which framing says nothing about
 * @param faults how many packets had each fault; a fault that never showed is absent
 * @param offenders the first of the packets with a fault, in the order of capture
 */
public record FramingReport(
        long packets,
        long tunnelPackets,
        long tunnelBytes,
        long otherPackets,
        Map<FramingFault, Long> faults,
        List<FramingOffender> offenders) {

    public FramingReport {
        faults = Map.copyOf(faults);
        offenders = List.copyOf(offenders);
    }

    /** How many packets had a fault. */
    public long offenderCount() {
        return faults.values().stream().mapToLong(Long::longValue).sum();
    }
}
