package dev.culvert.reports;

import dev.culvert.conformance.Finding;
import dev.culvert.conformance.JudgedRequirement;
import dev.culvert.conformance.Outcome;
import dev.culvert.conformance.RequirementInfo;
import dev.culvert.conformance.Verdict;
import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.evidence.BulkCapture;
import dev.culvert.harness.evidence.Capture;
import dev.culvert.harness.evidence.CaptureCount;
import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.evidence.EarlierLoss;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.KernelIdentity;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.result.RunResult;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together a run as a test wants it. */
public final class SampleRun {

    /** Where the sample packet was captured. */
    public static final CapturePoint POINT = new CapturePoint(Place.A, "eth0");

    /** Outer 198.51.100.1 to 198.51.100.2 with ttl 63, inner 203.0.113.1 to 203.0.113.2 with ttl 64, an ICMP echo request. */
    public static final Bytes PACKET = Bytes.parse("02000000000b 02000000000a 0800"
            + "45000030 00014000 3f04 8aa7 c6336401 c6336402"
            + "4500001c 12340000 4001 aa7c cb007101 cb007102"
            + "0800f7fe 00000001");

    private static final Instant STARTED = Instant.parse("2026-11-23T20:00:00Z");
    private static final Instant FINISHED = Instant.parse("2026-11-23T20:00:11.300Z");
    private static final int OUTER_TTL = 14 + 8;

    private final List<Observed> observed = new ArrayList<>();
    private final List<JudgedRequirement> judged = new ArrayList<>();
    private boolean strict;
    private String kernel = "6.12.94";
    private @Nullable EarlierLoss earlierLoss;

    /** Adds a topology that was observed whole. */
    public SampleRun on(Topology topology) {
        return on(topology, List.of());
    }

    /** Adds a topology with throughput runs, each captured whole at A. */
    public SampleRun on(Topology topology, List<ThroughputRun> throughput) {
        return on(topology, throughput, new Completion.Observed());
    }

    /** Adds a topology whose observation ended in some way. */
    public SampleRun on(Topology topology, List<ThroughputRun> throughput, Completion completion) {
        CaptureCount whole = new CaptureCount(1, 1, 0);
        long at = STARTED.getEpochSecond() * 1_000_000_000;
        observed.add(new Observed(
                new Evidence(
                        new Manifest(
                                Manifest.FORMAT,
                                topology.name(),
                                new KernelIdentity(kernel, "#1 SMP", "x86_64", List.of("ipip")),
                                "qemu (tcg)",
                                ConfiguredBy.IPROUTE2,
                                STARTED,
                                FINISHED,
                                completion,
                                Map.of(POINT, whole),
                                earlierLoss),
                        topology,
                        List.of(new StimulusRecord(
                                "ttl-default", "", Map.of(), at, at + 1000, List.of(), Map.of(), Map.of(), Map.of())),
                        Map.of(
                                POINT,
                                new Capture(
                                        POINT,
                                        whole,
                                        List.of(new CapturedPacket(
                                                12, at + 500, PACKET, PACKET.length(), LinkType.ETHERNET)))),
                        Map.of(),
                        Map.of(),
                        List.of(new CommandRecord(
                                Place.A, List.of("ip", "link", "set", "t1", "up"), 0, false, "", "", at, 1000)),
                        "",
                        throughput,
                        throughput.stream()
                                .map(run -> new BulkCapture(
                                        run.name(), POINT, new CaptureCount(1000, 1000, 0), Path.of("bulk.pcap")))
                                .toList()),
                Path.of("report", "evidence", topology.name())));
        return this;
    }

    /** Says that a requirement holds on a topology. */
    public SampleRun pass(String requirement, String topology) {
        return judge(requirement, topology, new Verdict(Outcome.PASS, "3 comparisons hold", 3, List.of()));
    }

    /** Says that something other than a comparison decided. */
    public SampleRun verdict(String requirement, String topology, Outcome outcome, String because) {
        return judge(requirement, topology, new Verdict(outcome, because, 0, List.of()));
    }

    /** Says that the outer ttl of the sample packet was not the expected one, as often as told. */
    public SampleRun found(String requirement, String topology, Outcome outcome, int times) {
        Finding finding = new Finding(
                outcome,
                "outer ttl",
                "64",
                "63",
                outcome == Outcome.DEVIATES ? "net/ipv4/ip_tunnel.c, ip_tunnel_xmit" : null,
                new Finding.Excerpt(POINT, 12, LinkType.ETHERNET, PACKET, OUTER_TTL, 1));
        return judge(
                requirement, topology, new Verdict(outcome, finding.line(), 3, Collections.nCopies(times, finding)));
    }

    public SampleRun judge(String requirement, String topology, Verdict verdict) {
        judged.add(new JudgedRequirement(topology, requirement, verdict));
        return this;
    }

    /** What is added from now on was observed on another kernel. */
    public SampleRun kernel(String release) {
        kernel = release;
        return this;
    }

    /** What is added from now on was observed a second time, after the emulator had lost a machine. */
    public SampleRun again(String kernelSaid) {
        earlierLoss = new EarlierLoss(kernelSaid, kernelSaid + "\n---[ end trace 0000000000000000 ]---");
        return this;
    }

    public SampleRun strict() {
        strict = true;
        return this;
    }

    /** The run with the sample requirements as its catalogue. */
    public RunResult result() {
        return result(SampleSection.all());
    }

    /** The run with another catalogue. */
    public RunResult result(List<RequirementInfo> requirements) {
        return new RunResult(Observed.toldApart(observed), requirements, judged, STARTED, FINISHED, strict);
    }

    /** A run of iperf3 at a goodput in 10⁶ bit/s. */
    public static ThroughputRun throughput(String path, String protocol, double megabits) {
        return new ThroughputRun(path, protocol, false, 2, megabits * 1e6, 1_000_000, 0, 3, 71, 88, null);
    }
}
