package dev.culvert.topologies.plan;

/**
 * Whether devices may leave checksums and segmentation for later. Off, every captured packet is as it would be on a wire; on,
 * captures show segments merged by GSO and GRO, and checksums not filled in yet.
 */
public enum Offloads {
    ON,
    OFF;

    /** The word that {@code ethtool -K} takes. */
    String word() {
        return this == ON ? "on" : "off";
    }
}
