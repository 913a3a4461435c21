package dev.culvert.harness.evidence;

import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.Place;
import org.jspecify.annotations.Nullable;

/**
 * One packet that a stimulus handed to the kernel under test.
 *
 * @param label what the stimulus calls it, unique within the stimulus
 * @param from the place it was sent from
 * @param device the device an Ethernet frame was written to, or empty for an IP packet given to the routing of the place
 * @param bytes the frame or packet as handed over, in network byte order
 * @param atNanos when it was handed over, nanoseconds since the epoch by the server's clock
 * @param error the kernel's refusal ({@code ENETUNREACH}, …), or null when it was taken
 */
public record Sent(
        String label,
        Place from,
        String device,
        Bytes bytes,
        long atNanos,
        @Nullable String error) {}
