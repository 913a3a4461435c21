package dev.culvert.conformance;

import static dev.culvert.conformance.SentPacketDamage.leaving;
import static dev.culvert.harness.stimulus.GeneveStimuli.BESIDE_EXTERNAL;
import static dev.culvert.harness.stimulus.GeneveStimuli.CRITICAL;
import static dev.culvert.harness.stimulus.GeneveStimuli.DATAGRAMS;
import static dev.culvert.harness.stimulus.GeneveStimuli.HEADERS;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_SOURCE;
import static dev.culvert.harness.stimulus.GeneveStimuli.OTHER_VNI;
import static dev.culvert.harness.stimulus.GeneveStimuli.SAME_AGAIN;
import static dev.culvert.harness.stimulus.GeneveStimuli.SECOND_PORT;
import static dev.culvert.harness.stimulus.HeaderStimuli.AS_CONFIGURED;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.GeneveHeader;

final class Rfc8926OptionsDamage {

    private static final String TOPOLOGY = "geneve-external";
    /** Behind the Ethernet header, the outer one and UDP's. */
    private static final int GENEVE = 14 + 20 + 8;

    private static final int OPTIONS = GENEVE + 8;

    private Rfc8926OptionsDamage() {}

    @DamageOf(value = "RFC8926-3.5-OPTIONS-TX", topology = TOPOLOGY)
    static Evidence typeOfTheOtherOption(Evidence good) {
        return byteOfOptions(good, 2, 0x81);
    }

    /** The first of the three bits before the length. */
    @DamageOf(value = "RFC8926-3.5-OPTIONS-TX", topology = TOPOLOGY)
    static Evidence reservedBitSet(Evidence good) {
        return byteOfOptions(good, 3, 0x81);
    }

    @DamageOf(value = "RFC8926-3.5-OPTIONS-TX", topology = TOPOLOGY)
    static Evidence lastByteOfTheLastOption(Evidence good) {
        return byteOfOptions(good, 19, 0x09);
    }

    @DamageOf(value = "RFC8926-3.4-OPTLEN-TX", topology = TOPOLOGY)
    static Evidence lengthOfTheFirstOption(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-84").only(GeneveHeader.OPTION_LENGTH, GENEVE, 2);
    }

    @DamageOf(value = "RFC8926-3.5-C-TX", topology = TOPOLOGY)
    static Evidence announcedNowAndThen(Evidence good) {
        return leaving(good, AS_CONFIGURED, "length-29").only(GeneveHeader.CRITICAL, GENEVE, 1);
    }

    @DamageOf(value = "RFC8926-3.4-C-BIT", topology = TOPOLOGY)
    static Evidence criticalOptionRefused(Evidence good) {
        return new ComposedDamage(new ComposedDamage(good, HEADERS).notAnswered(CRITICAL), HEADERS).refused(CRITICAL);
    }

    @DamageOf(value = "LINUX-GENEVE-EXT-ANY", topology = TOPOLOGY)
    static Evidence otherNetworkNotTaken(Evidence good) {
        return new ComposedDamage(good, HEADERS).notAnswered(OTHER_VNI);
    }

    @DamageOf(value = "LINUX-GENEVE-EXT-ANY", topology = TOPOLOGY)
    static Evidence otherSourceNotTaken(Evidence good) {
        return new ComposedDamage(good, DATAGRAMS).notAnswered(OTHER_SOURCE);
    }

    @DamageOf(value = "LINUX-GENEVE-EXT-ALONE", topology = TOPOLOGY)
    static Evidence secondOneMade(Evidence good) {
        return new AnswerDamage(good, SECOND_PORT, SAME_AGAIN).succeeded();
    }

    @DamageOf(value = "LINUX-GENEVE-EXT-ALONE", topology = TOPOLOGY)
    static Evidence oneWithARemoteMade(Evidence good) {
        return new AnswerDamage(good, SECOND_PORT, BESIDE_EXTERNAL).succeeded();
    }

    private static Evidence byteOfOptions(Evidence good, int at, int value) {
        return leaving(good, AS_CONFIGURED, "length-84").change(bytes -> bytes.with(OPTIONS + at, value));
    }
}
