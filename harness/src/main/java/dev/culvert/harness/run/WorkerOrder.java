package dev.culvert.harness.run;

/**
 * What a worker is told to observe, one JSON object a line on its standard input.
 *
 * @param topology path of the topology file
 * @param evidence directory to write the evidence to
 * @param throughput whether to measure throughput as well
 * @param lab the lab in words, for the manifest
 */
record WorkerOrder(String topology, String evidence, boolean throughput, String lab) {}
