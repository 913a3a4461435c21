package dev.culvert.conformance;

import dev.culvert.harness.evidence.CapturePoint;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.stimulus.TunnelError;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * H as the original sender of RFC 2003 section 4: what became of its replies to the echo requests of a stimulus, and what ICMP
 * told it about them.
 */
final class OriginalSender {

    private final TunnelPackets packets;
    private final CapturePoint h;
    private final CapturePoint j;

    /** Throws {@link NotObserved} when the stimulus did not run or the topology has no LANs. */
    OriginalSender(Evidence evidence, String stimulus) {
        packets = new TunnelPackets(evidence, stimulus);
        h = packets.host(Place.H);
        j = packets.host(Place.J);
    }

    /** Every ICMP error that it received. */
    List<Seen> told() {
        return packets.window().at(h).stream()
                .filter(seen -> seen.dissect().quoted().isPresent())
                .toList();
    }

    /** The ICMP errors that it received about anything but an echo reply that it sent. */
    List<Seen> toldOfNothingSent() {
        Set<Echo> sent = packets.window().at(h).stream()
                .flatMap(seen -> Echo.in(seen.dissect()).stream())
                .filter(Echo::reply)
                .collect(Collectors.toSet());
        return told().stream()
                .filter(seen -> seen.dissect()
                        .quoted()
                        .flatMap(Echo::in)
                        .filter(sent::contains)
                        .isEmpty())
                .toList();
    }

    /** The ICMP errors that it received about its reply to a request. */
    List<Seen> toldAbout(String request) {
        return told().stream()
                .filter(seen ->
                        seen.dissect().quoted().filter(q -> isReply(q, request)).isPresent())
                .toList();
    }

    /** Its reply to a request as it left H. */
    List<Seen> replied(String request) {
        return replies(request, h);
    }

    /** Its reply to a request as A's underlay carried it. */
    List<Seen> encapsulated(String request) {
        return replies(request, packets.underlay(Place.A));
    }

    /** Its reply to a request as it came to J. */
    List<Seen> delivered(String request) {
        return replies(request, j);
    }

    /** Requires that an error came to A and that the two packets which followed it left H; otherwise the verdict is BROKEN. */
    void provoked(Judge judge, TunnelError error) {
        String label = error.label();
        judge.control(
                "the error \"" + label + "\" came to A",
                !packets.of(label, packets.underlay(Place.A)).isEmpty());
        for (int n = 1; n <= 2; n++) {
            judge.control(
                    "H replied to \"" + error.request(n) + "\"",
                    !replied(error.request(n)).isEmpty());
        }
    }

    /**
     * Judges that after an error both packets entered the tunnel nevertheless, and that H was told once, about the first;
     * gives what it was told.
     */
    Optional<Seen> toldOnce(Judge judge, TunnelError error) {
        provoked(judge, error);
        carriedOn(judge, error);
        List<Seen> first = toldAbout(error.request(1));
        judge.equal("ICMP errors to H about its first packet after \"" + error.label() + "\"", 1, first.size());
        judge.equal(
                "ICMP errors to H about its second packet after \"" + error.label() + "\"",
                0,
                toldAbout(error.request(2)).size());
        return first.stream().findFirst();
    }

    /** Judges that after an error both packets entered the tunnel, and that H was told nothing. */
    void toldNothing(Judge judge, TunnelError error) {
        provoked(judge, error);
        carriedOn(judge, error);
        judge.equal("ICMP errors to H after \"" + error.label() + "\"", 0, toldAfter(error));
    }

    /** How many ICMP errors about the two packets that followed an error H received. */
    int toldAfter(TunnelError error) {
        return toldAbout(error.request(1)).size() + toldAbout(error.request(2)).size();
    }

    private void carriedOn(Judge judge, TunnelError error) {
        for (int n = 1; n <= 2; n++) {
            judge.equal(
                    "times that H's packet " + n + " after \"" + error.label() + "\" was encapsulated",
                    1,
                    encapsulated(error.request(n)).size());
        }
    }

    private List<Seen> replies(String request, CapturePoint at) {
        return packets.window().at(at).stream()
                .filter(seen -> isReply(seen.dissect(), request))
                .toList();
    }

    private boolean isReply(Dissection packet, String request) {
        Echo sent = Echo.in(packets.window().dissectSent(request))
                .orElseThrow(() -> new NotObserved("\"" + request + "\" is no echo request"));
        return Echo.in(packet).filter(sent.answer()::equals).isPresent();
    }
}
