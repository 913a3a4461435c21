package dev.culvert.conformance;

import static dev.culvert.harness.stimulus.DemuxStimuli.BY_BOTH;
import static dev.culvert.harness.stimulus.DemuxStimuli.BY_LINK;
import static dev.culvert.harness.stimulus.DemuxStimuli.COUNTED;
import static dev.culvert.harness.stimulus.DemuxStimuli.LEFT;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.stimulus.DemuxStimuli;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;

/**
 * The devices on B that a stranger's packets can be for, while {@link DemuxStimuli#CANDIDATES} takes them down one by one: the first has one
 * packet, each that follows has one more, and the fallback device, which is the last, one more again.
 */
final class DemuxCandidates {

    private final Evidence evidence;
    private final String counter;
    private final String fallback;
    private final List<String> order;

    /** Those that the evidence is of; {@code counter}, {@code packets} or {@code errors}, is what a packet moves on the device that it is for. */
    DemuxCandidates(Evidence evidence, String counter) {
        this.evidence = evidence;
        this.counter = counter;
        this.fallback = Objects.requireNonNullElse(evidence.topology().kind().lastResort(), "none");
        this.order = DemuxStimuli.order(evidence.topology());
    }

    /** The name of the fallback device, {@code none} for a kind without one. */
    String fallback() {
        return fallback;
    }

    /** The devices but the fallback device, the most specific first. */
    List<String> order() {
        return order;
    }

    /** Judges that each of these devices has as many packets as came while it was the most specific one that was up. */
    void eachInTurn(Judge judge, Window window, List<String> devices) {
        Listing counted = Listing.of(window.answer(COUNTED));
        for (String device : devices) {
            judge.equal(
                    "rx " + counter + " of " + device,
                    order.indexOf(device) + 1L,
                    counted.count(device, "rx", counter));
        }
    }

    /** Judges that the fallback device has what came when no other was up. */
    void fallbackLast(Judge judge, Window window) {
        judge.equal(
                "rx_" + counter + " of " + fallback,
                order.size() + 1L,
                window.delta(Place.B, "link." + fallback + ".rx_" + counter));
    }

    /** Judges that no packet of the stranger, but A's own one, is for B's own tunnel device. */
    void noneForTheTunnel(Judge judge, Window window) {
        judge.equal("rx_" + counter + " of B's own tunnel device", 1L, window.tunnelDelta(Place.B, "rx_" + counter));
    }

    /** Judges that a device which is bound to the link comes before one with both addresses. */
    void boundToTheLinkFirst(Judge judge, Window window) {
        eachInTurn(judge, window, List.of(BY_LINK, BY_BOTH));
    }

    /** Judges that the driver made the fallback device on both servers, and left it down. */
    void fallbackIsThere(Judge judge) {
        for (Place place : List.of(Place.A, Place.B)) {
            Listing links = new Listing(evidence.configured(place).links());
            judge.equal(
                    fallback + " is missing on " + place.id(),
                    false,
                    links.link(fallback).isMissingNode());
            judge.equal(
                    fallback + " is up on " + place.id(),
                    false,
                    links.flags(fallback).contains("UP"));
        }
    }

    /** Judges that the fallback device is still there when B has tried to delete it. */
    void fallbackStays(Judge judge, Window window) {
        Listing left = Listing.of(window.answer(LEFT));
        judge.equal(
                fallback + " is gone when B deletes it",
                false,
                left.link(fallback).isMissingNode());
    }
}
