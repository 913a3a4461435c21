package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Window;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;

@ConformanceTest(
        "net/ipv4/ip_vti.c vti_input and net/ipv6/ip6_vti.c vti6_input_proto, which device an ESP packet is for")
@SpeaksOf(inside = {Family.IPV4, Family.IPV6})
final class LinuxVtiDemuxTest {

    private static final String PROVOKED =
            "Devices on B that match a stranger; A composes ESP packets of it with an SPI that B has no state for, while the devices go down one by one.";
    private static final String OBSERVED = "rx errors of each device, on which the packet is one without a state; ";

    private final Evidence evidence;
    private final DemuxCandidates candidates;

    LinuxVtiDemuxTest(Evidence evidence) {
        this.evidence = evidence;
        this.candidates = new DemuxCandidates(evidence, "errors");
    }

    @Requirement(
            id = "LINUX-DEMUX-VTI",
            level = Level.LINUX,
            source = "net/ipv4/ip_vti.c vti_input, vti_rcv_cb; net/ipv4/ip_tunnel.c ip_tunnel_lookup",
            sentence =
                    "An ESP packet is for the device that matches its outer addresses, before its state is looked for: for that with both, then that "
                            + "with its source as remote, then that with its destination as local, and for the fallback device when no other is up.",
            provoked = PROVOKED,
            observed = OBSERVED + "B's own tunnel device has none of them.",
            kinds = "vti")
    void remoteComesBeforeLocal(Judge judge) {
        inOrder(judge);
    }

    @Requirement(
            id = "LINUX-DEMUX-VTI6",
            level = Level.LINUX,
            source = "net/ipv6/ip6_vti.c vti6_input_proto, vti6_rcv_cb, vti6_tnl_lookup",
            sentence =
                    "An ESP packet is for the device that matches its outer addresses, before its state is looked for: for that with both, then that "
                            + "with its destination as local, then that with its source as remote, and for the fallback device when no other is up.",
            provoked = PROVOKED,
            observed = OBSERVED + "B's own tunnel device has none of them.",
            outside = Family.IPV6,
            kinds = "vti6")
    void localComesBeforeRemote(Judge judge) {
        inOrder(judge);
    }

    @Requirement(
            id = "LINUX-DEMUX-VTI-LINK",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_lookup",
            sentence =
                    "A device that is bound to the interface an ESP packet came in by has it before a device that matches both addresses and is bound to "
                            + "none.",
            provoked = PROVOKED,
            observed = OBSERVED + "the one with both addresses has only those that come when the bound one is down.",
            kinds = "vti")
    void deviceOfTheLinkHasItFirst(Judge judge) {
        candidates.boundToTheLinkFirst(judge, observed(judge));
    }

    @Requirement(
            id = "LINUX-DEMUX-VTI-NOSTATE",
            level = Level.LINUX,
            source =
                    "net/xfrm/xfrm_input.c xfrm_input; net/ipv4/xfrm4_protocol.c xfrm4_esp_rcv, net/ipv6/xfrm6_protocol.c xfrm6_esp_rcv",
            sentence =
                    "An ESP packet without a state is dropped and counted as such whether a device is for it or none, and nobody is told.",
            provoked = PROVOKED,
            observed = "XfrmInNoStates of B; ICMP and ICMPv6 errors on A's underlay.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void nobodyIsTold(Judge judge) {
        Window window = observed(judge);
        judge.equal(
                "XfrmInNoStates of B",
                (long) window.stimulus().sent().size(),
                window.delta(Place.B, "xfrm_stat.XfrmInNoStates"));
        judge.equal(
                "ICMP and ICMPv6 errors to A", 0, new Unwrapped(window).errors().size());
    }

    @Requirement(
            id = "LINUX-DEMUX-VTI-FALLBACK",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_init_net, ip_tunnel_dellink; net/ipv6/ip6_vti.c vti6_init_net, vti6_dellink",
            sentence =
                    "The driver makes the fallback device in every network namespace, down and undeletable; while it is up every ESP packet is for it "
                            + "that no other device matches.",
            provoked =
                    "B tries to delete the device; a stranger's packets come while it is up and nothing else matches.",
            observed = "Links of both servers; rx_errors of the device.",
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"vti", "vti6"})
    void fallbackDeviceHasTheRest(Judge judge) {
        candidates.fallbackIsThere(judge);
        Window window = observed(judge);
        candidates.fallbackStays(judge, window);
        candidates.fallbackLast(judge, window);
    }

    private void inOrder(Judge judge) {
        Window window = observed(judge);
        candidates.eachInTurn(judge, window, candidates.order());
        candidates.fallbackLast(judge, window);
        candidates.noneForTheTunnel(judge, window);
    }

    private Window observed(Judge judge) {
        Window window = evidence.during(CANDIDATES);
        judge.control("A's own packet came as far as B's tunnel device", window.tunnelDelta(Place.B, "rx_errors") >= 1);
        return window;
    }
}
