package dev.culvert.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.TunnelEnd;
import dev.culvert.topologies.link.LinkInfo;
import dev.culvert.topologies.link.LinkOption;
import dev.culvert.topologies.link.Shown;
import java.util.List;

@ConformanceTest("include/uapi/linux/if_link.h IFLA_LINKINFO, what the kernel reports of a device")
class LinuxOptionsTest {

    private static final String BY_IP = ", as `ip -d -j link` shows it";

    private final Evidence evidence;

    LinuxOptionsTest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "LINUX-OPTIONS-REPORTED",
            level = Level.LINUX,
            source =
                    "net/core/rtnetlink.c rtnl_link_info_fill, fill_info of each kind; iproute2's ip/link_*.c print_opt",
            sentence =
                    "A tunnel device is reported with every option as the topology asks for it, whichever way it was configured and "
                            + "whichever way the kernel is asked.",
            provoked = "A and B make their tunnel devices.",
            observed = "`ip -d -j link` and a netlink dump (RTM_GETLINK) on each of them before the first stimulus.",
            groups = true,
            labelledAlone = true,
            kinds = Requirement.EVERY_KIND,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            dump = true)
    void everyOptionIsReportedAsAskedFor(Judge judge) {
        for (Endpoint endpoint :
                List.of(evidence.topology().a(), evidence.topology().b())) {
            TunnelEnd end = endpoint.tunnel();
            if (!evidence.topology().isFallback(end)) {
                PlaceState state = evidence.configured(endpoint.place());
                if (state.devices().isMissingNode()) {
                    throw new NotObserved(
                            "netlink was not asked at " + endpoint.place().id());
                }
                LinkInfo asked = evidence.topology().kind().linkInfo(end);
                String whose = endpoint.place().id() + ": ";
                shownByIp(judge, whose, asked, end, state.link(end.device()));
                toldByNetlink(judge, whose, asked, end, new ReportedDevice(state, end.device()));
            }
        }
    }

    private static void shownByIp(Judge judge, String whose, LinkInfo asked, TunnelEnd end, JsonNode link) {
        JsonNode info = link.path("linkinfo");
        judge.equal(whose + "kind" + BY_IP, asked.kind(), info.path("info_kind").asText());
        for (LinkOption option : asked.options()) {
            for (Shown shown : option.shown()) {
                JsonNode found = info.path("info_data").at("/" + shown.key());
                judge.equal(
                        whose + option.option() + " (" + shown.key() + ")" + BY_IP,
                        shown.text() == null ? "nothing" : shown.text(),
                        found.isMissingNode() ? "nothing" : found.asText());
            }
        }
        if (end.mtu() != null) {
            judge.equal(whose + "mtu" + BY_IP, end.mtu(), link.path("mtu").asInt());
        }
        if (end.mac() != null) {
            judge.equal(
                    whose + "Ethernet address" + BY_IP,
                    end.mac(),
                    link.path("address").asText());
        }
    }

    private static void toldByNetlink(
            Judge judge, String whose, LinkInfo asked, TunnelEnd end, ReportedDevice reported) {
        judge.equal(whose + "kind (IFLA_INFO_KIND)", asked.kind(), reported.kind());
        for (LinkOption option : asked.options()) {
            judge.equal(
                    whose + option.option() + " (" + option.attribute().name() + ")",
                    ReportedDevice.asked(option),
                    reported.text(option));
        }
        if (end.mtu() != null) {
            judge.equal(whose + "mtu (IFLA_MTU)", end.mtu(), reported.mtu());
        }
    }
}
