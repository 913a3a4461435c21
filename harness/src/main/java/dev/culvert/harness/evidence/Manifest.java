package dev.culvert.harness.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first page of an evidence directory.
 *
 * @param format the version of the directory's layout; this code reads {@link #FORMAT} only
 * @param configuredBy what configured the servers; {@code iproute2} where older evidence does not say it
 * @param lab {@code qemu} or {@code docker}, with the accelerator where there is one
 * @param captures the count of each stimulus capture, by capture point
 * @param earlierLoss what became of an observation before this one, or null when this is the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int format,
        String topology,
        KernelIdentity kernel,
        String lab,
        ConfiguredBy configuredBy,
        Instant started,
        Instant finished,
        Completion completion,
        Map<CapturePoint, CaptureCount> captures,
        @Nullable EarlierLoss earlierLoss) {

    /** The layout version that this code writes and reads. */
    public static final int FORMAT = 1;

    public Manifest {
        captures = Map.copyOf(captures);
        configuredBy = Objects.requireNonNullElse(configuredBy, ConfiguredBy.IPROUTE2);
    }
}
