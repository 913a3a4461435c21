package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.IPV6;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.MIRRORED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.ONE_MORE;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.OVERSIZED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.TAGGED;
import static dev.culvert.harness.stimulus.ErspanMirrorStimuli.TO_NOBODY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.ErspanHeader;
import dev.culvert.harness.packet.EthernetHeader;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.Ipv6Header;
import dev.culvert.topologies.Place;

final class ErspanMirrorDamage {

    private static final int ERSPAN = 14 + 20 + 8;

    private ErspanMirrorDamage() {}

    @DamageOf(value = "ERSPAN-MIRROR", topology = "erspan")
    static Evidence tagLost(Evidence good) {
        return new FrameDamage(good, MIRRORED, TAGGED)
                .comingOut(bytes -> Bytes.join(bytes.slice(0, 12), bytes.from(16)));
    }

    @DamageOf(value = "ERSPAN-MIRROR", topology = "erspan-i")
    static Evidence frameForNobodyNotMirrored(Evidence good) {
        return new FrameDamage(good, MIRRORED, TO_NOBODY).lost();
    }

    @DamageOf(value = "ERSPAN-T-BIT", topology = "erspan")
    static Evidence cutIsNotSaid(Evidence good) {
        return Damage.rewrite(
                good,
                OVERSIZED,
                underlay(good),
                seen -> seen.dissect()
                        .first(ErspanHeader.class)
                        .filter(ErspanHeader::truncated)
                        .isPresent(),
                bytes -> ErspanHeader.TRUNCATED.write(bytes, ERSPAN, 0));
    }

    @DamageOf(value = "ERSPAN-T-BIT", topology = "erspan-i")
    static Evidence longFrameDropped(Evidence good) {
        Bytes label = Bytes.of(ONE_MORE.getBytes(US_ASCII));
        int at = 14 + 20 + 4 + 14;
        return Damage.remove(
                good,
                OVERSIZED,
                underlay(good),
                seen -> seen.packet().bytes().length() > at + label.length()
                        && seen.packet().bytes().slice(at, label.length()).equals(label));
    }

    @DamageOf(value = "ERSPAN-T-BIT", topology = "erspan-iii")
    static Evidence outerLengthShorterThanTheUnderlaysMtu(Evidence good) {
        return Damage.rewrite(
                good,
                OVERSIZED,
                underlay(good),
                seen -> seen.dissect()
                        .first(ErspanHeader.class)
                        .filter(ErspanHeader::truncated)
                        .isPresent(),
                bytes -> Ipv4Header.TOTAL_LENGTH.write(bytes, 14, 1499));
    }

    @DamageOf(value = "ERSPAN-MIRROR", topology = "ip6erspan-ipv6")
    static Evidence mirroredIpv6GetsAnotherHopLimit(Evidence good) {
        return new FrameDamage(good, MIRRORED, IPV6)
                .comingOut(bytes -> Ipv6Header.HOP_LIMIT.write(bytes, EthernetHeader.LENGTH, 7));
    }

    private static CapturePoint underlay(Evidence good) {
        return new CapturePoint(Place.A, good.topology().a().underlay().device());
    }
}
