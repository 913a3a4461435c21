package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.OTHER_VERSION;
import static dev.culvert.harness.stimulus.ModeStimuli.AGAIN_IN_OTHER_MODE;
import static dev.culvert.harness.stimulus.ModeStimuli.DEFAULT;
import static dev.culvert.harness.stimulus.ModeStimuli.DEVICES;
import static dev.culvert.harness.stimulus.ModeStimuli.IP_ONLY;
import static dev.culvert.harness.stimulus.ModeStimuli.MODES;
import static dev.culvert.harness.stimulus.ModeStimuli.MPLS_ONLY;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class LinuxIpipDamage {

    private LinuxIpipDamage() {}

    @DamageOf("LINUX-IPIP-MODE-DEFAULT")
    static Evidence deviceToldNoModeIsOfModeIpip(Evidence good) {
        return devices(good).entry("ifname", DEFAULT, "/linkinfo/info_data/proto", TextNode.valueOf("ipip"));
    }

    @DamageOf("LINUX-IPIP-MODE-DEFAULT")
    static Evidence deviceToldNoModeTookNoMpls(Evidence good) {
        return devices(good).link(DEFAULT, "/stats64/rx/packets", 2);
    }

    @DamageOf("LINUX-IPIP-TX-PROTO-CHECK")
    static Evidence wrongPayloadNoError(Evidence good) {
        return devices(good).link(MPLS_ONLY, "/stats64/tx/errors", 0);
    }

    @DamageOf(value = "LINUX-SIT-TX-NO-PROTO-CHECK", topology = "sit-ipip")
    static Evidence payloadOfAnotherModeKept(Evidence good) {
        return devices(good).link(MPLS_ONLY, "/stats64/tx/errors", 1);
    }

    @DamageOf("LINUX-IPIP-DECAP-NIBBLE")
    static Evidence ipv6WithinNotCountedAsHeaderError(Evidence good) {
        return Damage.counter(good, OTHER_VERSION, Place.B, "snmp.Ip.InHdrErrors", -1);
    }

    @DamageOf("LINUX-MPLS-MODE")
    static Evidence ipOnlyDeviceTookMpls(Evidence good) {
        return devices(good).link(IP_ONLY, "/stats64/rx/packets", 3);
    }

    @DamageOf("LINUX-CREATE-EEXIST")
    static Evidence secondDeviceMade(Evidence good) {
        return new AnswerDamage(good, MODES, AGAIN_IN_OTHER_MODE).succeeded();
    }

    private static AnswerDamage devices(Evidence good) {
        return new AnswerDamage(good, MODES, DEVICES);
    }
}
