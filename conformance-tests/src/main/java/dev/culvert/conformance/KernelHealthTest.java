package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.lab.KernelComplaint;
import dev.culvert.harness.lab.KernelLog;
import dev.culvert.topologies.Family;
import java.util.List;

@ConformanceTest("the kernel log, what a healthy kernel never says")
class KernelHealthTest {

    private final Evidence evidence;

    KernelHealthTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "KERNEL-HEALTH",
            level = Level.LINUX,
            source = "kernel/panic.c, kernel/watchdog.c, net/core/dev.c, include/net/ip_tunnels.h",
            sentence =
                    "While the topology was up the kernel neither oopsed nor warned, hit no BUG, lost no CPU and leaked no device; a false alarm over "
                            + "the options of Geneve headers, which 6.12 and others raise once after boot, does not count.",
            provoked = "Everything that was done to the topology.",
            observed = "The kernel log from before the configuration to after the last stimulus.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            labelledAlone = true,
            kinds = Requirement.EVERY_KIND)
    void kernelComplainsOfNothing(Judge judge) {
        // net/core/dev.c __dev_set_promiscuity says so of every device that a capture begins on.
        judge.control(
                "the log holds what the kernel says of the captures",
                evidence.kernelLog().contains("entered promiscuous mode"));
        List<KernelComplaint> complaints = KernelLog.complaints(evidence.kernelLog()).stream()
                .filter(complaint -> !GeneveOptionsAlarm.isMeantBy(complaint, evidence.kernelLog()))
                .toList();
        for (KernelComplaint complaint : complaints) {
            judge.holds("kernel log", "no " + complaint.kind(), false, complaint.excerpt());
        }
        judge.equal("complaints in the kernel log", 0L, (long) complaints.size());
    }
}
