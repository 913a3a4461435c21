package dev.culvert.harness.evidence;

/**
 * What became of the observation before this one, whose machine the emulator lost: nothing was learnt of the topology, so that it was observed once more.
 *
 * @param said the first line of what the kernel complained of, without its time stamp
 * @param trace the whole complaint, as it stood on the console
 */
public record EarlierLoss(String said, String trace) {}
