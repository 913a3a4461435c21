package dev.culvert.reports.result;

import dev.culvert.conformance.Finding;
import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.evidence.Capture;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.StimulusRecord;
import dev.culvert.harness.packet.ByteRange;
import dev.culvert.harness.packet.Dissection;
import dev.culvert.harness.packet.Dissector;
import java.util.List;
import java.util.Optional;

/** The packet that a finding was made on, within the evidence it comes from. */
public final class FoundPacket {

    private final Finding.Excerpt excerpt;
    private final Evidence evidence;

    private FoundPacket(Finding.Excerpt excerpt, Evidence evidence) {
        this.excerpt = excerpt;
        this.evidence = evidence;
    }

    /** The packet of a finding, or empty when the finding is not about a packet. */
    public static Optional<FoundPacket> of(Finding finding, Evidence evidence) {
        return Optional.ofNullable(finding.excerpt()).map(excerpt -> new FoundPacket(excerpt, evidence));
    }

    public Dissection dissection() {
        return Dissector.dissect(excerpt.bytes(), excerpt.linkType(), evidence.context());
    }

    /** The bytes that matter. */
    public ByteRange mark() {
        return new ByteRange(excerpt.offset(), excerpt.length());
    }

    /** Where and when it was seen: {@code packet 12 on a.eth0, during "tos-default"}. */
    public String title() {
        return "packet " + excerpt.index() + " on " + excerpt.point()
                + stimulus().map(s -> ", during \"" + s.id() + "\"").orElse("");
    }

    /** The capture point it was seen at. */
    public String point() {
        return excerpt.point().toString();
    }

    /** Everything the same interface carried during the same stimulus; empty if the evidence no longer holds the packet. */
    public List<CapturedPacket> around() {
        return stimulus()
                .map(s -> packets().stream()
                        .filter(p -> p.timestampNanos() >= s.fromNanos() && p.timestampNanos() <= s.untilNanos())
                        .toList())
                .orElse(List.of());
    }

    /** The stimulus in whose window the packet was captured. */
    public Optional<StimulusRecord> stimulus() {
        return packets().stream()
                .filter(p -> p.index() == excerpt.index())
                .findFirst()
                .flatMap(p -> evidence.stimuli().stream()
                        .filter(s -> p.timestampNanos() >= s.fromNanos() && p.timestampNanos() <= s.untilNanos())
                        .findFirst());
    }

    private List<CapturedPacket> packets() {
        Capture capture = evidence.captures().get(excerpt.point());
        return capture == null ? List.of() : capture.packets();
    }
}
