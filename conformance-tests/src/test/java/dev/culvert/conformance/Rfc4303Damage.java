package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.comingOut;
import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.EspStimuli.AFTER_WRONG_CHECK_VALUE;
import static dev.culvert.harness.stimulus.EspStimuli.AGAIN;
import static dev.culvert.harness.stimulus.EspStimuli.AT_THE_END;
import static dev.culvert.harness.stimulus.EspStimuli.BEHIND_WINDOW;
import static dev.culvert.harness.stimulus.EspStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.EspStimuli.FRESH;
import static dev.culvert.harness.stimulus.EspStimuli.LAST_OF_WINDOW;
import static dev.culvert.harness.stimulus.EspStimuli.NUMBER_ZERO;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissector;
import dev.culvert.harness.packet.Ipv4Header;
import dev.culvert.harness.packet.LinkType;
import dev.culvert.topologies.Place;

final class Rfc4303Damage {

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    /** SPI and number. */
    private static final int ESP = ETHERNET + IPV4;

    private Rfc4303Damage() {}

    @DamageOf(value = "RFC4303-2-FRAME", topology = "vti")
    static Evidence innerTtlLowered(Evidence good) {
        return new ProtectedDamage(good, AS_CONFIGURED)
                .carrying(
                        "length-84",
                        inner -> Dissector.dissect(inner, LinkType.IPV4)
                                .outerIpv4()
                                .orElseThrow()
                                .with(Ipv4Header.TTL, 63));
    }

    @DamageOf(value = "RFC4303-2-FRAME", topology = "vti-cbc")
    static Evidence nextHeaderOfTransportMode(Evidence good) {
        return new ProtectedDamage(good, AS_CONFIGURED)
                .plain("length-84", plain -> plain.with(plain.length() - 1, 1)); // ICMP
    }

    @DamageOf(value = "RFC4303-2-FRAME", topology = "vti")
    static Evidence outerProtocolOfIpip(Evidence good) {
        return leaving(good, AS_CONFIGURED, "tos-bb").outer(Ipv4Header.PROTOCOL, 4);
    }

    @DamageOf(value = "RFC4303-2-FRAME", topology = "vti6")
    static Evidence nextHeaderOfIpv4(Evidence good) {
        return new ProtectedDamage(good, AS_CONFIGURED).plain("length-84", plain -> plain.with(plain.length() - 1, 4));
    }

    @DamageOf(value = "RFC4303-3.4.3-REPLAY", topology = "vti6")
    static Evidence repeatedOneTakenOverIpv6(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).answered(AGAIN, FRESH);
    }

    @DamageOf(value = "RFC4303-2.4-PADDING", topology = "vti-cbc")
    static Evidence paddingOfZeros(Evidence good) {
        return new ProtectedDamage(good, AS_CONFIGURED)
                .plain(
                        "length-84",
                        plain -> plain.with(plain.length() - 3, 0)); // the last before pad length and next header
    }

    @DamageOf(value = "RFC4303-2.2-SEQUENCE", topology = "vti")
    static Evidence numberLeftOut(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(ESP + 7, 99));
    }

    @DamageOf(value = "RFC4303-3.4.3-REPLAY", topology = "vti")
    static Evidence repeatedOneTaken(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).answered(AGAIN, FRESH);
    }

    @DamageOf(value = "RFC4303-3.4.3-REPLAY", topology = "vti")
    static Evidence oneBehindTheWindowTaken(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).answered(BEHIND_WINDOW, FRESH);
    }

    @DamageOf(value = "RFC4303-3.4.3-REPLAY", topology = "vti-cbc")
    static Evidence numberZeroTaken(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).answered(NUMBER_ZERO, FRESH);
    }

    @DamageOf(value = "RFC4303-3.4.3-REPLAY", topology = "vti")
    static Evidence windowTooNarrow(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).notAnswered(LAST_OF_WINDOW);
    }

    @DamageOf(value = "RFC4303-3.4.4-INTEGRITY", topology = "vti-cbc")
    static Evidence brokenOneTaken(Evidence good) {
        return comingOut(good, COMPOSED, FRESH).twice();
    }

    @DamageOf(value = "RFC4303-3.4.4-INTEGRITY", topology = "vti")
    static Evidence brokenOneMovesTheWindow(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).notAnswered(AFTER_WRONG_CHECK_VALUE);
    }

    @DamageOf(value = "RFC4303-2.1-UNKNOWN-SPI", topology = "vti")
    static Evidence unknownSpiTaken(Evidence good) {
        return comingOut(good, COMPOSED, FRESH).twice();
    }

    @DamageOf(value = "RFC4303-2.1-UNKNOWN-SPI", topology = "vti-cbc")
    static Evidence unknownSpiNotCounted(Evidence good) {
        return Damage.counter(good, COMPOSED, Place.B, "xfrm_stat.XfrmInNoStates", -1);
    }

    @DamageOf(value = "RFC4303-2.6-DUMMY", topology = "vti")
    static Evidence dummyTaken(Evidence good) {
        return comingOut(good, COMPOSED, FRESH).twice();
    }

    @DamageOf(value = "RFC4303-2.6-DUMMY", topology = "vti-cbc")
    static Evidence nothingTakenAfterTheDummy(Evidence good) {
        return new ProtectedDamage(good, COMPOSED).notAnswered(AT_THE_END);
    }

    @DamageOf(value = "RFC4106-3.1-IV", topology = "vti")
    static Evidence vectorOfThePacketBefore(Evidence good) {
        Bytes vector = new TunnelPackets(good, AS_CONFIGURED)
                .of("length-28", new TunnelPackets(good, AS_CONFIGURED).underlay(Place.A))
                .get(0)
                .packet()
                .bytes()
                .slice(ESP + 8, 8);
        return leaving(good, AS_CONFIGURED, "length-84")
                .change(bytes -> Bytes.join(bytes.slice(0, ESP + 8), vector, bytes.from(ESP + 16)));
    }
}
