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
            source = "kernel/panic.c, kernel/watchdog.c, net/core/dev.c",
            sentence =
                    "While the topology was up the kernel neither oopsed nor warned, hit no BUG, lost no CPU and leaked no device; of the options of "
                            + "Geneve headers, which it copies behind a structure, 6.12 and others warn once.",
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
        List<KernelComplaint> complaints = KernelLog.complaints(evidence.kernelLog());
        long known = 0;
        for (KernelComplaint complaint : complaints) {
            if (isAboutTunnelOptions(complaint)) {
                known++;
                judge.known(
                        "kernel log",
                        "nothing about options behind ip_tunnel_info",
                        "WARNING",
                        "WARNING",
                        "include/net/ip_tunnels.h ip_tunnel_info_opts_set: the fortified memcpy takes the options, which lie behind struct "
                                + "ip_tunnel_info, for more than there is room for, until they became its last member");
            } else {
                judge.holds("kernel log", "no " + complaint.kind(), false, complaint.excerpt());
            }
        }
        judge.equal("other complaints in the kernel log", 0L, complaints.size() - known);
    }

    /** Whether it is what Linux says, once, when it copies options of a Geneve header ("memcpy: detected field-spanning write"). */
    private boolean isAboutTunnelOptions(KernelComplaint complaint) {
        return complaint.excerpt().contains("at include/net/ip_tunnels.h:")
                && complaint.excerpt().contains("geneve_udp_encap_recv")
                && evidence.kernelLog().contains("memcpy: detected field-spanning write");
    }
}
