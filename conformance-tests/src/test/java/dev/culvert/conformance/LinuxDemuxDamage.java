package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.ALL_DOWN;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_BOTH;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_LINK;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_LOCAL;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_REMOTE;
import static dev.culvert.harness.stimulus.DemuxStimuli.CANDIDATES;
import static dev.culvert.harness.stimulus.DemuxStimuli.COUNTED;
import static dev.culvert.harness.stimulus.DemuxStimuli.FALLBACK;
import static dev.culvert.harness.stimulus.DemuxStimuli.LEFT;
import static dev.culvert.harness.stimulus.DemuxStimuli.UNMATCHED;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.KernelIdentity;
import dev.culvert.harness.evidence.Manifest;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.stream.Stream;

final class LinuxDemuxDamage {

    private static final String RX_PACKETS = "/stats64/rx/packets";
    private static final String RX_ERRORS = "/stats64/rx/errors";

    private LinuxDemuxDamage() {}

    @DamageOf("LINUX-DEMUX-ORDER")
    static Evidence localOnlyDeviceTookNothing(Evidence good) {
        return counted(good).link(BY_LOCAL, RX_PACKETS, 0);
    }

    @DamageOf("LINUX-DEMUX-ORDER")
    static Evidence fallbackDeviceTookOneLess(Evidence good) {
        return Damage.counter(good, CANDIDATES, Place.B, "link.tunl0.rx_packets", -1);
    }

    @DamageOf("LINUX-DEMUX-LINK")
    static Evidence boundDeviceTookNothing(Evidence good) {
        return counted(good).link(BY_LINK, RX_PACKETS, 0);
    }

    @DamageOf("LINUX-DEMUX-DOWN")
    static Evidence deviceWentOnWhileDown(Evidence good) {
        return counted(good).link(BY_REMOTE, RX_PACKETS, 4);
    }

    @DamageOf("LINUX-DEMUX-DOWN")
    static Evidence nobodyToldThatAllAreDown(Evidence good) {
        return untold(good, ALL_DOWN);
    }

    @DamageOf("LINUX-DEMUX-FALLBACK")
    static Evidence fallbackDeviceDeleted(Evidence good) {
        return new AnswerDamage(good, CANDIDATES, LEFT).list(ArrayNode::removeAll);
    }

    @DamageOf(value = "LINUX-DEMUX-FALLBACK", topology = "ipip-fallback")
    static Evidence strangerNotTakenByTheFallbackDevice(Evidence good) {
        return SentPacketDamage.comingOut(good, FALLBACK, UNMATCHED).lost();
    }

    @DamageOf(value = "LINUX-DEMUX-FALLBACK", topology = "ip6gre")
    static Evidence fallbackDeviceOverIpv6TookOneLess(Evidence good) {
        return Damage.counter(good, CANDIDATES, Place.B, "link.ip6gre0.rx_packets", -1);
    }

    @DamageOf(value = "LINUX-DEMUX-IP6", topology = "ip6tnl")
    static Evidence remoteBeforeLocalOverIpv6(Evidence good) {
        return counted(counted(good).link(BY_LOCAL, RX_PACKETS, 0)).link(BY_REMOTE, RX_PACKETS, 7);
    }

    @DamageOf(value = "LINUX-DEMUX-DOWN", topology = "ip6tnl")
    static Evidence nobodyToldOverIpv6ThatAllAreDown(Evidence good) {
        return nobodyToldThatAllAreDown(good);
    }

    @DamageOf(value = "LINUX-DEMUX-DOWN", topology = "ip6tnl")
    static Evidence takenForIpsecButOneNotCounted(Evidence good) {
        return takenForIpsec(good, 1);
    }

    @DamageOf(value = "LINUX-DEMUX-DOWN", topology = "ip6tnl")
    static Evidence takenForIpsecAndToldAllTheSame(Evidence good) {
        return counting(xfrm6TunnelLoaded(untold(good, UNMATCHED)), 2);
    }

    @DamageOf(value = "LINUX-DEMUX-ORDER", topology = "ip6gretap")
    static Evidence deviceOfAnotherKindTookNoFrames(Evidence good) {
        return Damage.counter(good, CANDIDATES, Place.B, "link.ip6gre0.rx_packets", -5);
    }

    @DamageOf(value = "LINUX-DEMUX-ORDER", topology = "ip6erspan")
    static Evidence remoteOnlyDeviceTookNoMirroredFrames(Evidence good) {
        return counted(good).link(BY_REMOTE, RX_PACKETS, 0);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI", topology = "vti")
    static Evidence remoteOnlyDeviceHadNothing(Evidence good) {
        return counted(counted(good).link(BY_REMOTE, RX_ERRORS, 0)).link(BY_LOCAL, RX_ERRORS, 7);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI", topology = "vti-udp")
    static Evidence ownDeviceHadAStrangersPacket(Evidence good) {
        return Damage.counter(good, CANDIDATES, Place.B, "link.t1.rx_errors", 1);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI6", topology = "vti6")
    static Evidence remoteBeforeLocal(Evidence good) {
        return counted(counted(good).link(BY_LOCAL, RX_ERRORS, 0)).link(BY_REMOTE, RX_ERRORS, 5);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI-LINK", topology = "vti")
    static Evidence boundDeviceHadNothing(Evidence good) {
        return counted(counted(good).link(BY_LINK, RX_ERRORS, 0)).link(BY_BOTH, RX_ERRORS, 3);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI-NOSTATE", topology = "vti6")
    static Evidence packetsOfNobodyNotCounted(Evidence good) {
        return Damage.counter(good, CANDIDATES, Place.B, "xfrm_stat.XfrmInNoStates", -2);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI-FALLBACK", topology = "vti")
    static Evidence fallbackDeviceOfVtiDeleted(Evidence good) {
        return fallbackDeviceDeleted(good);
    }

    @DamageOf(value = "LINUX-DEMUX-VTI-FALLBACK", topology = "vti6")
    static Evidence fallbackDeviceHadOneLess(Evidence good) {
        return Damage.counter(good, CANDIDATES, Place.B, "link.ip6_vti0.rx_errors", -1);
    }

    /** What is left where the module xfrm6_tunnel takes the two packets that no device takes, and counts so many with a wrong header. */
    static Evidence takenForIpsec(Evidence good, long counted) {
        return counting(xfrm6TunnelLoaded(untold(untold(good, UNMATCHED), ALL_DOWN)), counted);
    }

    private static Evidence counting(Evidence good, long wrongHeaders) {
        return Damage.counter(good, CANDIDATES, Place.B, "xfrm_stat.XfrmInHdrError", wrongHeaders);
    }

    private static Evidence untold(Evidence good, String label) {
        TunnelPackets packets = new TunnelPackets(good, CANDIDATES);
        var error = packets.errorsAbout(label, packets.underlay(Place.A)).get(0);
        return Damage.remove(
                good,
                CANDIDATES,
                error.at(),
                seen -> seen.packet().index() == error.packet().index());
    }

    static Evidence xfrm6TunnelLoaded(Evidence good) {
        Manifest manifest = good.manifest();
        KernelIdentity kernel = manifest.kernel();
        List<String> modules = Stream.concat(kernel.modules().stream(), Stream.of("xfrm6_tunnel"))
                .toList();
        return good.withManifest(new Manifest(
                manifest.format(),
                manifest.topology(),
                new KernelIdentity(kernel.release(), kernel.version(), kernel.machine(), modules),
                manifest.lab(),
                manifest.configuredBy(),
                manifest.started(),
                manifest.finished(),
                manifest.completion(),
                manifest.captures(),
                manifest.earlierLoss()));
    }

    private static AnswerDamage counted(Evidence good) {
        return new AnswerDamage(good, CANDIDATES, COUNTED);
    }
}
