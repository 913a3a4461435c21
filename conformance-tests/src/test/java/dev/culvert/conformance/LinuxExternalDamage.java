package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.ExternalStimuli.OWN_ENDS;
import static dev.culvert.harness.stimulus.ExternalStimuli.RECEIVER;
import static dev.culvert.harness.stimulus.ExternalStimuli.ROUTED;
import static dev.culvert.harness.stimulus.ExternalStimuli.SECOND;
import static dev.culvert.harness.stimulus.ExternalStimuli.STRANGE;
import static dev.culvert.harness.stimulus.ExternalStimuli.UNROUTED;
import static dev.culvert.harness.stimulus.ExternalStimuli.WITHOUT_METADATA;
import static dev.culvert.harness.stimulus.GreStimuli.CHECKSUM_OR_NONE;
import static dev.culvert.harness.stimulus.GreStimuli.COMPOSED;
import static dev.culvert.harness.stimulus.GreStimuli.OTHER_KEY;
import static dev.culvert.harness.stimulus.IcmpErrorStimuli.ERRORS;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.stimulus.HeaderStimuli;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;

final class LinuxExternalDamage {

    private LinuxExternalDamage() {}

    @DamageOf(value = "LINUX-EXT-NO-METADATA", topology = "ipip-external")
    static Evidence errorNotCounted(Evidence good) {
        return Damage.counter(good, WITHOUT_METADATA, Place.A, "link.t1.tx_errors", -1);
    }

    /** The packet that had an outer header leaves a second time, with what the other one carried. */
    @DamageOf(value = "LINUX-EXT-NO-METADATA", topology = "ipip-external")
    static Evidence sentAllTheSame(Evidence good) {
        TunnelPackets packets = new TunnelPackets(good, WITHOUT_METADATA);
        Seen sent = packets.of(ROUTED, packets.underlay(Place.A)).get(0);
        Bytes other = good.during(WITHOUT_METADATA).sent(UNROUTED).bytes();
        Bytes whole = sent.packet().bytes();
        Bytes forged = Bytes.join(whole.slice(0, whole.length() - other.length()), other);
        return Damage.add(good, WITHOUT_METADATA, sent.at(), sent.packet().linkType(), forged);
    }

    @DamageOf(value = "LINUX-EXT-NO-METADATA-GRE", topology = "gre-external")
    static Evidence dropNotCounted(Evidence good) {
        return Damage.counter(good, WITHOUT_METADATA, Place.A, "link.t1.tx_dropped", -1);
    }

    @DamageOf(value = "LINUX-EXT-ANY-SOURCE", topology = "gre-external")
    static Evidence strangerNotTaken(Evidence good) {
        return SentPacketDamage.comingOut(good, RECEIVER, STRANGE).lost();
    }

    @DamageOf(value = "LINUX-EXT-LAST", topology = "ipip-external")
    static Evidence deviceWithEndsTookNothing(Evidence good) {
        return new AnswerDamage(good, RECEIVER, OWN_ENDS).link(OWN_ENDS, "/stats64/rx/packets", 0);
    }

    @DamageOf(value = "LINUX-EXT-ONE", topology = "ipip-external")
    static Evidence secondOneMade(Evidence good) {
        return new AnswerDamage(good, RECEIVER, SECOND).succeeded();
    }

    @DamageOf(value = "RFC2003-4.1-EXTERNAL", topology = "ipip-external")
    static Evidence toldTwice(Evidence good) {
        Evidence once = new ForgedPacket(good, ERRORS).errorAboutReplyTo(TunnelError.HOST_UNREACHABLE.request(1));
        return new ForgedPacket(once, ERRORS).errorAboutReplyTo(TunnelError.HOST_UNREACHABLE.request(2));
    }

    @DamageOf(value = "LINUX-EXT-ANY-KEY", topology = "gre-external")
    static Evidence otherKeyNotTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).notAnswered(OTHER_KEY);
    }

    @DamageOf(value = "LINUX-EXT-NO-CHECKSUM", topology = "gre-external")
    static Evidence checksumTaken(Evidence good) {
        return new ComposedDamage(good, COMPOSED).answered(CHECKSUM_OR_NONE);
    }

    @DamageOf(value = "RFC2003-3.1-DF-SET", topology = "ipip-external")
    static Evidence packetWithDfLost(Evidence good) {
        return SentPacketDamage.leaving(good, HeaderStimuli.FIXED, "df").lost();
    }
}
