package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.Seen;
import dev.culvert.harness.evidence.Window;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.EspHeader;
import dev.culvert.harness.packet.EspTrailer;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** ESP packets of one stimulus on A's underlay, opened with the topology's keys, and what B made of those that A composed. */
record ProtectedPackets(Evidence evidence, Window window) {

    static ProtectedPackets during(Evidence evidence, String stimulus) {
        return new ProtectedPackets(evidence, evidence.during(stimulus));
    }

    Esp esp() {
        return Objects.requireNonNull(evidence.topology().esp(), "a topology that IPsec does not protect");
    }

    /** The ESP packets that a server sent by its SPI, in order. */
    List<Seen> sentBy(Place server) {
        long spi = esp().sentBy(server).spi();
        return window.atUnderlay(Place.A).stream()
                .filter(seen -> header(seen).filter(esp -> esp.spi() == spi).isPresent())
                .toList();
    }

    /** The ESP header, if there is one. */
    static Optional<EspHeader> header(Seen seen) {
        return seen.dissect().first(EspHeader.class);
    }

    /** What lies behind the protected packet; empty where no key opened it. */
    static Optional<EspTrailer> trailer(Seen seen) {
        return seen.dissect().first(EspTrailer.class);
    }

    /** What is protected, from the inner header to the padding. */
    static Bytes carried(Seen seen) {
        Dissection packet = seen.dissect();
        EspHeader header = packet.first(EspHeader.class).orElseThrow();
        int start = header.offset() + header.length();
        return packet.packet()
                .slice(start, packet.first(EspTrailer.class).orElseThrow().offset() - start);
    }

    /** How often the reply to the echo request that A composed under a label came out of A's tunnel device. */
    long answers(String label) {
        Echo answer = Echo.in(evidence.context().dissect(window.sent(label).bytes()))
                .orElseThrow(() -> new IllegalArgumentException("\"" + label + "\" protects no echo request"))
                .answer();
        return window.atTunnel(Place.A).stream()
                .flatMap(seen -> Echo.in(seen.dissect()).stream())
                .filter(answer::equals)
                .count();
    }

    /** How many echo requests came out of B's tunnel device. */
    long echoesTaken() {
        return window.atTunnel(Place.B).stream()
                .flatMap(seen -> Echo.in(seen.dissect()).stream())
                .filter(echo -> !echo.reply())
                .count();
    }

    /** Judges that B took a composed packet. */
    void taken(Judge judge, String label) {
        judge.equal("echo replies to \"" + label + "\"", 1L, answers(label));
    }

    /** Judges that B took no notice of a composed packet; those around it show that the path was working. */
    void ignored(Judge judge, String label) {
        judge.equal("echo replies to \"" + label + "\"", 0L, answers(label));
    }

    /** By how much an XFRM counter of a server moved (Documentation/networking/xfrm_proc.rst). */
    long xfrm(Place server, String counter) {
        return window.delta(server, "xfrm_stat." + counter);
    }
}
