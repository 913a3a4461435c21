package dev.culvert.harness.stimulus;

import dev.culvert.harness.packet.EspSender;
import dev.culvert.harness.packet.IpPacket;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Topology;
import org.jspecify.annotations.Nullable;

/** Whole packets from A's end to B's, composed beside A's device: behind the kind's own header, or protected by A's keys. */
final class Composer {

    private final Stage stage;
    private final @Nullable EspSender sender;
    private long next = EspStimuli.BASE;

    private Composer(Stage stage, @Nullable EspSender sender) {
        this.stage = stage;
        this.sender = sender;
    }

    /** Whether B takes such packets: not where A's device numbers them without a key that is known. */
    static boolean canCompose(Topology topology) {
        return topology.takesComposed() || topology.esp() != null;
    }

    /** For one stimulus; B forgets the numbers of ESP packets afterwards. */
    static Composer of(Stage stage) {
        Esp esp = stage.topology().esp();
        if (esp == null) {
            return new Composer(stage, null);
        }
        EspStimuli.forgetNumbersAfterwards(stage);
        return new Composer(stage, new EspSender(esp.suite(), esp.aToB()));
    }

    IpPacket around(IpPacket inner) {
        return sender == null
                ? Encapsulated.fromAToB(stage.topology(), inner)
                : EspStimuli.outer(stage, sender.protect(next++, inner));
    }
}
