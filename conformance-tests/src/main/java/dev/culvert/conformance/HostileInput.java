package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.HostileStimuli.HONEST;
import static dev.culvert.harness.stimulus.HostileStimuli.HOSTILE;
import static dev.culvert.harness.stimulus.HostileStimuli.TWICE;
import static dev.culvert.harness.stimulus.HostileStimuli.tiny;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.topologies.Place;

/** What B made of packets whose inside is not what it says, beside an honest one that it answered. */
record HostileInput(Judge judge, Evidence evidence, Unwrapped packets) {

    /** That of the stimulus; that the honest packet was answered is the control. */
    static HostileInput of(Judge judge, Evidence evidence) {
        Unwrapped packets = Unwrapped.during(evidence, HOSTILE);
        judge.control("the honest echo request was answered", packets.answered(HONEST));
        return new HostileInput(judge, evidence, packets);
    }

    /** Judges that no payload which is too short came out, was an error of the device, or was answered by one of those ICMP or ICMPv6 errors. */
    void tinyOnesAreDropped(String errors) {
        for (int length : tiny(evidence.topology())) {
            judge.equal(
                    "times that a payload of " + length + " bytes came out of B's tunnel device",
                    0,
                    packets.out(tiny(length)).size());
        }
        judge.equal("rx_errors of B's tunnel device", 0L, packets.window().tunnelDelta(Place.B, "rx_errors"));
        judge.equal(errors + " errors to A", 0, packets.errors().size());
    }

    /** Judges that what a packet carries came out, whatever became of it then. */
    void comesOut(String label) {
        judge.equal(
                "times that \"" + label + "\" came out of B's tunnel device",
                1,
                packets.out(label).size());
    }

    /** Judges that the packet within a packet within a packet was answered, and came out with one outer header and with none. */
    void isTakenApartTwice() {
        judge.equal(
                "times that it came out with one outer header",
                1,
                packets.out(TWICE).size());
        judge.equal(
                "times that it came out with none",
                1,
                packets.out(packets.carriedWithin(TWICE)).size());
        judge.equal("the echo request was answered", true, packets.answered(TWICE));
    }
}
