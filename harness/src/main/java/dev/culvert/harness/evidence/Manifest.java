package dev.culvert.harness.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * The first page of an evidence directory.
 *
 * @param format the version of the directory's layout; this code reads {@link #FORMAT} only
 * @param configuredBy what configured the servers; {@code iproute2} where older evidence does not say it
 * @param lab {@code qemu} or {@code docker}, with the accelerator where there is one
 * @param captures the count of each stimulus capture, by capture point
 */
public record Manifest(
        int format,
        String topology,
        KernelIdentity kernel,
        String lab,
        ConfiguredBy configuredBy,
        Instant started,
        Instant finished,
        Completion completion,
        Map<CapturePoint, CaptureCount> captures) {

    /** The layout version that this code writes and reads. */
    public static final int FORMAT = 1;

    public Manifest {
        captures = Map.copyOf(captures);
        configuredBy = Objects.requireNonNullElse(configuredBy, ConfiguredBy.IPROUTE2);
    }
}
