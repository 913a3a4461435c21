package dev.culvert.harness.run;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.evidence.EarlierLoss;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is told to observe, one JSON object a line on its standard input.
 *
 * @param topology path of the topology file
 * @param evidence directory to write the evidence to
 * @param throughput whether to measure throughput as well
 * @param lab the lab in words, for the manifest
 * @param configurator what the servers are configured by
 * @param lacking what the kernel is known to lack for it, or null; then there is nothing to try
 * @param earlierLoss what became of an observation before this one, for the manifest, or null
 */
record WorkerOrder(
        String topology,
        String evidence,
        boolean throughput,
        String lab,
        ConfiguredBy configurator,
        Completion.@Nullable Lacking lacking,
        @Nullable EarlierLoss earlierLoss) {}
