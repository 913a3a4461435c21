package dev.culvert.conformance;

import static dev.culvert.conformance.ErspanPackets.typeIII;
import static dev.culvert.harness.packet.Erspan3Header.BSO;
import static dev.culvert.harness.packet.Erspan3Header.D;
import static dev.culvert.harness.packet.Erspan3Header.FT;
import static dev.culvert.harness.packet.Erspan3Header.GRA;
import static dev.culvert.harness.packet.Erspan3Header.HW_ID;
import static dev.culvert.harness.packet.Erspan3Header.O;
import static dev.culvert.harness.packet.Erspan3Header.P;
import static dev.culvert.harness.packet.Erspan3Header.SGT;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.LENGTH_59;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.LENGTH_60;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.MIRRORED;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Erspan3Header;
import dev.culvert.topologies.Family;
import java.util.List;
import java.util.Map;

@ConformanceTest("draft-foschiano-erspan-02 section 4.3, type III")
final class ErspanTypeIIITest {

    private static final String PROVOKED =
            "A mirrors into the tunnel what comes in from H, frames of 59 and 60 bytes among it.";
    private static final String OBSERVED = "ERSPAN headers on A's underlay.";

    /** 100 µs, the unit of granularity 0, in nanoseconds. */
    private static final long UNIT = 100_000;

    /** How far the time of the header and that of the capture may be apart: a second, in units. */
    private static final long SECOND = 10_000;

    private final Evidence evidence;

    ErspanTypeIIITest(Evidence evidence) {
        this.evidence = evidence;
    }

    @Requirement(
            id = "ERSPAN-V2-TAIL",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4.3; include/net/erspan.h erspan_build_header_v2",
            sentence =
                    "The third word has no security group, says that the frame is Ethernet (P 1, FT 0), the hardware id and direction of options "
                            + "\"erspan_hwid\" and \"erspan_dir\", a granularity of 100 µs, and that no subheader follows.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.ERSPAN_III)
    void thirdWordSaysWhereTheFrameIsFrom(Judge judge) {
        int egress = "egress"
                        .equals(evidence.topology()
                                .a()
                                .tunnel()
                                .options()
                                .asWords()
                                .get("erspan_dir"))
                ? 1
                : 0;
        int hardwareId = ErspanOptions.number(evidence.topology(), "erspan_hwid", 0);
        for (Seen seen : leaving(judge)) {
            Erspan3Header header = typeIII(seen);
            Map.of(SGT, 0, P, 1, FT, 0, HW_ID, hardwareId, D, egress, GRA, 0, O, 0)
                    .forEach((field, expected) -> judge.field(seen, header, field, expected));
        }
    }

    @Requirement(
            id = "ERSPAN-V2-TIMESTAMP",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4.3; include/net/erspan.h erspan_get_timestamp",
            sentence = "The timestamp counts units of 100 µs of the time of day, in 32 bits; it never goes back.",
            provoked = PROVOKED,
            observed = "Timestamps on A's underlay beside the times at which the capture saw their packets.",
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = Trait.ERSPAN_III)
    void timestampIsTheTimeOfDay(Judge judge) {
        long last = 0;
        for (Seen seen : leaving(judge)) {
            Erspan3Header header = typeIII(seen);
            long captured = seen.packet().timestampNanos() / UNIT;
            // A difference of 32 bits, signed, so that neither the wrap nor the sign is in the way.
            int late = (int) (captured - header.timestamp());
            judge.holds(
                    "time from the timestamp " + header.timestamp() + " to the capture, in 100 µs",
                    "within a second",
                    Math.abs((long) late) <= SECOND,
                    String.valueOf(late));
            long unwrapped = captured - late;
            judge.holds(
                    "timestamp " + header.timestamp(),
                    "not before the one before it",
                    unwrapped >= last,
                    "by " + (last - unwrapped) + " before");
            last = unwrapped;
        }
    }

    @Requirement(
            id = "ERSPAN-V2-BSO",
            level = Level.MUST,
            source = "draft-foschiano-erspan-02 section 4.3; include/net/erspan.h erspan_detect_bso",
            sentence = "A frame of less than 60 bytes is said to be short, BSO 1; one of 60 is not, BSO 0.",
            provoked = PROVOKED,
            observed = OBSERVED,
            inside = {Family.IPV4, Family.IPV6},
            outside = {Family.IPV4, Family.IPV6},
            kinds = {"erspan", "ip6erspan"},
            needs = {Trait.ERSPAN_III, Trait.OWN_ENDS})
    void shortFramesAreSaidToBeShort(Judge judge) {
        ErspanPackets packets = ErspanPackets.during(evidence, MIRRORED);
        packets.once(judge, LENGTH_59).ifPresent(seen -> judge.field(seen, typeIII(seen), BSO, 1));
        packets.once(judge, LENGTH_60).ifPresent(seen -> judge.field(seen, typeIII(seen), BSO, 0));
    }

    private List<Seen> leaving(Judge judge) {
        String stimulus = evidence.topology().external() ? AS_CONFIGURED : MIRRORED;
        List<Seen> sent = ErspanPackets.during(evidence, stimulus).leaving();
        judge.control("A sent frames into the tunnel", !sent.isEmpty());
        return sent;
    }
}
