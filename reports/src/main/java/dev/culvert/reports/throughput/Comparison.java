package dev.culvert.reports.throughput;

import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The same traffic through the tunnel and over the bare underlay, in the same run. */
public record Comparison(Observed observed, ThroughputRun tunnel, ThroughputRun underlay) {

    /** Every pair of runs that differ in nothing but their path and measured something. */
    public static List<Comparison> of(RunResult result) {
        return result.observed().stream().flatMap(o -> pairs(o).stream()).toList();
    }

    private static List<Comparison> pairs(Observed observed) {
        List<ThroughputRun> runs = observed.evidence().throughput().stream()
                .filter(run -> run.failure() == null)
                .toList();
        return runs.stream()
                .filter(run -> run.path().equals("tunnel"))
                .flatMap(tunnel -> runs.stream()
                        .filter(run -> run.path().equals("underlay")
                                && run.protocol().equals(tunnel.protocol())
                                && run.offloads() == tunnel.offloads())
                        .map(underlay -> new Comparison(observed, tunnel, underlay)))
                .toList();
    }

    /** The tunnel's goodput as a part of the underlay's. */
    public double share() {
        return tunnel.goodputBitsPerSecond() / underlay.goodputBitsPerSecond();
    }

    /**
     * What would be left if the tunnel cost nothing but its header bytes. Only for TCP: it sends what the path takes, whereas UDP is
     * offered at the same rate on both paths and shows the cost as loss.
     */
    public Optional<PacketBudget> budget() {
        return tunnel.protocol().equals("tcp")
                ? Optional.of(PacketBudget.of(observed.evidence().topology()))
                : Optional.empty();
    }

    /** What was measured: {@code ipip TCP, offloads off}. */
    public String title() {
        return observed.name() + " " + traffic();
    }

    /** The traffic alone: {@code TCP, offloads off}. */
    public String traffic() {
        return tunnel.protocol().toUpperCase(Locale.ROOT) + ", offloads " + (tunnel.offloads() ? "on" : "off");
    }
}
