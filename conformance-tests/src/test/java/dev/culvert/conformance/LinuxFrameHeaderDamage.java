package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.FrameStimuli.AS_CONFIGURED;
import static dev.culvert.harness.stimulus.FrameStimuli.BROADCAST;
import static dev.culvert.harness.stimulus.FrameStimuli.FIXED;
import static dev.culvert.harness.stimulus.FrameStimuli.INHERITED;
import static dev.culvert.harness.stimulus.FrameStimuli.IPV6;
import static dev.culvert.harness.stimulus.FrameStimuli.SHORT;
import static dev.culvert.harness.stimulus.FrameStimuli.TAGGED_IPV4;
import static dev.culvert.harness.stimulus.FrameStimuli.TAGGED_OTHER;
import static dev.culvert.harness.stimulus.FrameStimuli.UNICAST;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.Ipv4Header;

final class LinuxFrameHeaderDamage {

    private LinuxFrameHeaderDamage() {}

    @DamageOf(value = "LINUX-TTL-INHERIT-NONIP", topology = "gretap")
    static Evidence nothingInheritedIsZero(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, BROADCAST).outer(Ipv4Header.TTL, 0);
    }

    @DamageOf(value = "LINUX-TTL-INHERIT-NONIP", topology = "gretap-key")
    static Evidence fixedTtlOnlyForIp(Evidence good) {
        return new FrameDamage(good, FIXED, SHORT).outer(Ipv4Header.TTL, 64);
    }

    @DamageOf(value = "LINUX-TOS-INHERIT-NONIP", topology = "gretap")
    static Evidence ecnBitsOfTheOptionKept(Evidence good) {
        return new FrameDamage(good, FIXED, UNICAST).outer(Ipv4Header.TOS, 0x12);
    }

    @DamageOf(value = "LINUX-TOS-INHERIT-NONIP", topology = "gretap-key")
    static Evidence markOfInheritLeftIn(Evidence good) {
        return new FrameDamage(good, INHERITED, TAGGED_OTHER).outer(Ipv4Header.TOS, 1);
    }

    @DamageOf(value = "LINUX-DF-INHERIT-NONIP", topology = "gretap")
    static Evidence dfSetWithNopmtudisc(Evidence good) {
        return new FrameDamage(good, INHERITED, BROADCAST).outer(Ipv4Header.DF, 1);
    }

    @DamageOf(value = "LINUX-DF-INHERIT-NONIP", topology = "gretap-key")
    static Evidence dfNotSetOverIpv6(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, IPV6).outer(Ipv4Header.DF, 0);
    }

    @DamageOf(value = "LINUX-FRAME-INHERIT-IP", topology = "gretap")
    static Evidence hopLimitNotInherited(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, IPV6).outer(Ipv4Header.TTL, 64);
    }

    @DamageOf(value = "LINUX-FRAME-INHERIT-IP", topology = "gretap-key")
    static Evidence trafficClassNotInherited(Evidence good) {
        return new FrameDamage(good, INHERITED, IPV6).outer(Ipv4Header.TOS, 0);
    }

    @DamageOf(value = "LINUX-VLAN-INHERIT-IP", topology = "gretap")
    static Evidence ttlOfNeitherPacketNorRoute(Evidence good) {
        return new FrameDamage(good, AS_CONFIGURED, TAGGED_IPV4).outer(Ipv4Header.TTL, 8);
    }

    @DamageOf(value = "LINUX-VLAN-INHERIT-IP", topology = "gretap-key")
    static Evidence tosOfThePriority(Evidence good) {
        return new FrameDamage(good, INHERITED, TAGGED_IPV4).outer(Ipv4Header.TOS, 0x60);
    }
}
