package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.LocalRemoteStimuli.ALLOWED;
import static dev.culvert.harness.stimulus.LocalRemoteStimuli.LOCAL_REMOTE;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

final class LinuxLocalRemoteDamage {

    private LinuxLocalRemoteDamage() {}

    @DamageOf(value = "LINUX-IP6-LOCAL-REMOTE", topology = "ip6tnl-localremote")
    static Evidence refusedAllTheSame(Evidence good) {
        return SentPacketDamage.leaving(good, LOCAL_REMOTE, ALLOWED).lost();
    }

    @DamageOf(value = "LINUX-IP6-LOCAL-REMOTE", topology = "ip6gre-localremote")
    static Evidence dropNotCounted(Evidence good) {
        return Damage.counter(good, LOCAL_REMOTE, Place.A, "link.t1.tx_dropped", -1);
    }

    @DamageOf(value = "LINUX-IP6-LOCAL-REMOTE", topology = "ip6erspan-localremote")
    static Evidence frameRefusedAllTheSame(Evidence good) {
        return SentPacketDamage.leaving(good, LOCAL_REMOTE, ALLOWED).lost();
    }

    @DamageOf(value = "LINUX-IP6-LOCAL-REMOTE", topology = "ip6gretap-localremote")
    static Evidence droppedFrameNotCounted(Evidence good) {
        return Damage.counter(good, LOCAL_REMOTE, Place.A, "link.t1.tx_errors", -1);
    }
}
