package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.GueStimuli.BEYOND_PACKET;
import static dev.culvert.harness.stimulus.GueStimuli.CONTROL;
import static dev.culvert.harness.stimulus.GueStimuli.DIRECT;
import static dev.culvert.harness.stimulus.GueStimuli.DIRECT_UNKNOWN;
import static dev.culvert.harness.stimulus.GueStimuli.HEADERS;
import static dev.culvert.harness.stimulus.GueStimuli.LESS_THAN_NEEDED;
import static dev.culvert.harness.stimulus.GueStimuli.MORE_THAN_NEEDED;
import static dev.culvert.harness.stimulus.GueStimuli.NO_PRIVATE_FLAG;
import static dev.culvert.harness.stimulus.GueStimuli.NO_PROTOCOL;
import static dev.culvert.harness.stimulus.GueStimuli.OPEN_CHECKSUM;
import static dev.culvert.harness.stimulus.GueStimuli.REMOTE_CHECKSUM;
import static dev.culvert.harness.stimulus.GueStimuli.UNKNOWN_PRIVATE_FLAG;
import static dev.culvert.harness.stimulus.GueStimuli.UNKNOWN_PROTOCOL;
import static dev.culvert.harness.stimulus.GueStimuli.flags;
import static dev.culvert.harness.stimulus.GueStimuli.version;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Field;
import dev.culvert.harness.packet.GueHeader;
import dev.culvert.harness.packet.UdpHeader;
import dev.culvert.topologies.Place;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

final class GueDamage {

    /** Behind the Ethernet, the outer and the UDP header. */
    private static final int GUE = 14 + 20 + 8;

    private GueDamage() {}

    @DamageOf(value = "GUE-BYTE0", topology = "ipip-gue")
    static Evidence controlMessage(Evidence good) {
        return field(good, GueHeader.CONTROL, 1);
    }

    @DamageOf(value = "GUE-BYTE0", topology = "gre-gue")
    static Evidence optionalFieldCounted(Evidence good) {
        return field(good, GueHeader.HLEN, 1);
    }

    @DamageOf(value = "GUE-PROTO", topology = "ipip-gue")
    static Evidence protocolOfGre(Evidence good) {
        return field(good, GueHeader.PROTO, 47);
    }

    @DamageOf(value = "GUE-PROTO", topology = "gre-gue")
    static Evidence protocolOfThePacketInGre(Evidence good) {
        return field(good, GueHeader.PROTO, 4);
    }

    @DamageOf(value = "GUE-FLAGS", topology = "gre-gue")
    static Evidence privateFieldAnnounced(Evidence good) {
        return field(good, GueHeader.FLAGS, 1);
    }

    @DamageOf(value = "GUE-REMCSUM", topology = "gre-gue")
    static Evidence startCountedFromUdp(Evidence good) {
        return open(good, bytes -> bytes.with16(GUE + 8, bytes.u16(GUE + 8) + 12));
    }

    @DamageOf(value = "GUE-REMCSUM", topology = "gre-gue")
    static Evidence checksumNotOpen(Evidence good) {
        return open(good, bytes -> {
            int udp = GUE + 12 + bytes.u16(GUE + 8);
            return bytes.with16(udp + 6, bytes.u16(udp + 6) ^ 0xffff);
        });
    }

    @DamageOf(value = "GUE-REMCSUM", topology = "gre-gue")
    static Evidence farEndDidNotTakeIt(Evidence good) {
        CapturePoint tunnel =
                new CapturePoint(Place.A, good.topology().a().tunnel().device());
        return Damage.remove(
                good, OPEN_CHECKSUM, tunnel, seen -> seen.dissect().quoted().isPresent());
    }

    @DamageOf(value = "GUE-RX-VARIANT1", topology = "ipip-gue")
    static Evidence packetWithoutHeaderNotTaken(Evidence good) {
        return headers(good).notAnswered(DIRECT);
    }

    @DamageOf(value = "GUE-RX-VARIANT1", topology = "ipip-gue")
    static Evidence unknownIpVersionTaken(Evidence good) {
        return headers(good).answered(DIRECT_UNKNOWN);
    }

    @DamageOf(value = "GUE-RX-VERSION", topology = "gre-gue")
    static Evidence versionTwoTaken(Evidence good) {
        return headers(good).answered(version(2));
    }

    @DamageOf(value = "GUE-RX-VERSION", topology = "ipip-gue")
    static Evidence versionThreeRefused(Evidence good) {
        return headers(good).refused(version(3));
    }

    @DamageOf(value = "GUE-RX-CONTROL", topology = "ipip-gue")
    static Evidence controlMessageTakenForAPacket(Evidence good) {
        return headers(good).answered(CONTROL);
    }

    @DamageOf(value = "GUE-RX-FLAGS", topology = "ipip-gue")
    static Evidence unknownFlagTaken(Evidence good) {
        return headers(good).answered(flags(0x0002));
    }

    @DamageOf(value = "GUE-RX-FLAGS", topology = "gre-gue")
    static Evidence unknownPrivateFlagTaken(Evidence good) {
        return headers(good).answered(UNKNOWN_PRIVATE_FLAG);
    }

    @DamageOf(value = "GUE-RX-FLAGS", topology = "gre-gue")
    static Evidence packetTakenForTheAnnouncedField(Evidence good) {
        return headers(good).answered(LESS_THAN_NEEDED);
    }

    @DamageOf(value = "GUE-RX-FLAGS", topology = "ipip-gue")
    static Evidence noPrivateFlagNotTaken(Evidence good) {
        return headers(good).notAnswered(NO_PRIVATE_FLAG);
    }

    @DamageOf(value = "GUE-RX-HLEN", topology = "ipip-gue")
    static Evidence fieldNotSkipped(Evidence good) {
        return headers(good).notAnswered(MORE_THAN_NEEDED);
    }

    @DamageOf(value = "GUE-RX-HLEN", topology = "gre-gue")
    static Evidence headerBeyondThePacketTaken(Evidence good) {
        return headers(good).answered(BEYOND_PACKET);
    }

    @DamageOf(value = "GUE-RX-PROTO", topology = "ipip-gue")
    static Evidence unknownProtocolNotRefused(Evidence good) {
        return headers(good).notRefused(UNKNOWN_PROTOCOL);
    }

    @DamageOf(value = "GUE-RX-PROTO", topology = "gre-gue")
    static Evidence protocolZeroTaken(Evidence good) {
        return headers(good).answered(NO_PROTOCOL);
    }

    @DamageOf(value = "GUE-RX-REMCSUM", topology = "ipip-gue")
    static Evidence openChecksumNotTaken(Evidence good) {
        return headers(good).notAnswered(REMOTE_CHECKSUM);
    }

    private static Evidence field(Evidence good, Field field, long value) {
        return leaving(good, AS_CONFIGURED, "length-84").only(field, GUE, value);
    }

    /** Changes the datagram whose checksum was left to the device. */
    private static Evidence open(Evidence good, UnaryOperator<Bytes> change) {
        CapturePoint underlay =
                new CapturePoint(Place.A, good.topology().a().underlay().device());
        Predicate<Seen> datagram = seen -> seen.dissect().all(UdpHeader.class).count() == 2
                && seen.dissect().quoted().isEmpty();
        return Damage.rewrite(good, OPEN_CHECKSUM, underlay, datagram, change);
    }

    private static ComposedDamage headers(Evidence good) {
        return new ComposedDamage(good, HEADERS);
    }
}
