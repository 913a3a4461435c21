package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.MtuStimuli.DEVICE_MTU;
import static dev.culvert.harness.stimulus.MtuStimuli.LATER_DEVICE;
import static dev.culvert.harness.stimulus.MtuStimuli.LESS;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.stimulus.MtuStimuli;
import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Family;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;

@ConformanceTest("Linux, the MTU of tunnel devices")
class LinuxMtuTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Evidence evidence;
    private final Topology topology;

    LinuxMtuTest(Evidence evidence) {
        this.evidence = evidence;
        this.topology = evidence.topology();
    }

    @Requirement(
            id = "LINUX-MTU-DEFAULT-L3",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_bind_dev, net/ipv6/sit.c ipip6_tunnel_bind_dev, net/ipv6/ip6_vti.c vti6_link_config",
            sentence =
                    "A new tunnel device has the MTU of its underlay less the outer header, but one of sit never less than 1280.",
            provoked = "Tunnel devices are made on A and B; one more on A after its underlay's MTU was lowered.",
            observed = "MTU of the devices, as \"ip link\" shows it.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            labelledAlone = true,
            kinds = {"gre", "ip6gre", "ip6tnl", "ipip", "sit", "vti", "vti6"})
    void newDeviceHasTheUnderlaysMtuLessTheOuterHeader(Judge judge) {
        for (Place place : new Place[] {Place.A, Place.B}) {
            Endpoint endpoint = topology.endpoint(place);
            String device = endpoint.tunnel().device();
            if (endpoint.tunnel().mtu() == null) {
                judge.equal(
                        "mtu of " + device + " on " + place.id(),
                        topology.tunnelMtu(place),
                        evidence.configured(place).link(device).path("mtu").asInt());
            }
        }
        int lowered = topology.a().underlay().mtu() - LESS;
        judge.equal(
                "mtu of a device made over an underlay of " + lowered,
                topology.kind().defaultMtu(topology.outerFamily(), lowered, MtuStimuli.laterOptions(topology)),
                mtuMeanwhile(LATER_DEVICE));
    }

    @Requirement(
            id = "LINUX-MTU-STATIC",
            level = Level.LINUX,
            source = "net/ipv4/ip_tunnel.c ip_tunnel_bind_dev, called when a device is made or bound",
            sentence = "The MTU of a tunnel device does not follow that of its underlay.",
            provoked = "The MTU of A's underlay is lowered beneath the tunnel.",
            observed = "MTU of A's tunnel device meanwhile, beside that of the underlay.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            labelledAlone = true,
            kinds = Requirement.EVERY_KIND)
    void deviceMtuDoesNotFollowTheUnderlay(Judge judge) {
        Endpoint a = topology.a();
        judge.control(
                "the underlay has the lower mtu",
                mtuMeanwhile(a.underlay().device()) == a.underlay().mtu() - LESS);
        judge.equal(
                "mtu of " + a.tunnel().device() + " after that of its underlay was lowered",
                topology.tunnelMtu(Place.A),
                mtuMeanwhile(a.tunnel().device()));
    }

    @Requirement(
            id = "LINUX-MTU-RANGE",
            level = Level.LINUX,
            source =
                    "net/ipv4/ip_tunnel.c ip_tunnel_newlink, __ip_tunnel_change_mtu; net/ipv6/sit.c ipip6_tunnel_setup",
            sentence =
                    "A tunnel device takes an MTU of 68 up to 65535 less the outer header, one of sit 1280 up to 65575 less the outer "
                            + "header, and refuses any other.",
            provoked = "A device on A is given the least and the most, and one less and one more than that.",
            observed = "Whether \"ip link set mtu\" succeeds.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            groups = true,
            labelledAlone = true,
            kinds = Requirement.EVERY_KIND)
    void deviceTakesMtusOfItsRangeOnly(Judge judge) {
        Window window = evidence.during(DEVICE_MTU);
        judge.control(
                "there is a device to try it on", window.answer("device-made").exit() == 0);
        int least = topology.kind().minMtu();
        int most = topology.kind().maxMtu(topology.outerFamily(), MtuStimuli.laterOptions(topology));
        judge.equal("an mtu of " + (least - 1), "refused", outcome(window, "below-least"));
        judge.equal("an mtu of " + least, "taken", outcome(window, "least"));
        judge.equal("an mtu of " + most, "taken", outcome(window, "most"));
        judge.equal("an mtu of " + (most + 1), "refused", outcome(window, "above-most"));
    }

    private static String outcome(Window window, String answer) {
        return window.answer(answer).exit() == 0 ? "taken" : "refused";
    }

    /** The MTU of a device of A while its underlay's is lowered. */
    private int mtuMeanwhile(String device) {
        try {
            for (JsonNode link :
                    JSON.readTree(evidence.during(DEVICE_MTU).answer("links").stdout())) {
                if (device.equals(link.path("ifname").asText())) {
                    return link.path("mtu").asInt();
                }
            }
        } catch (JsonProcessingException e) {
            throw new NotObserved("ip -j link show answered no JSON: " + e.getOriginalMessage());
        }
        throw new NotObserved("ip -j link show shows no device \"" + device + "\"");
    }
}
