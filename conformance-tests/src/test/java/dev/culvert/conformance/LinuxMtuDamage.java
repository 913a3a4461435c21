package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.MtuStimuli.DEVICE_MTU;
import static dev.culvert.harness.stimulus.MtuStimuli.LATER_DEVICE;

import dev.culvert.harness.evidence.Evidence;

final class LinuxMtuDamage {

    private LinuxMtuDamage() {}

    @DamageOf("LINUX-MTU-DEFAULT-L3")
    static Evidence newDeviceHasAnotherMtu(Evidence good) {
        return withMtu(good, LATER_DEVICE, 1500);
    }

    @DamageOf("LINUX-MTU-STATIC")
    static Evidence deviceFollowsTheUnderlay(Evidence good) {
        return withMtu(good, good.topology().a().tunnel().device(), 1280);
    }

    @DamageOf("LINUX-MTU-RANGE")
    static Evidence mtuBelowTheLeastIsTaken(Evidence good) {
        return Damage.answer(good, DEVICE_MTU, "below-least", 0, said -> said);
    }

    private static Evidence withMtu(Evidence good, String device, int mtu) {
        return Damage.answer(
                good,
                DEVICE_MTU,
                "links",
                0,
                said -> said.replaceFirst("(\"ifname\":\"" + device + "\"[^}]*?\"mtu\":)\\d+", "$1" + mtu));
    }
}
