package dev.culvert.reports.allure;

import dev.culvert.conformance.Finding;
import dev.culvert.harness.capture.CapturedPacket;
import dev.culvert.harness.capture.PcapWriter;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.packet.PacketText;
import dev.culvert.reports.picture.TopologyPicture;
import dev.culvert.reports.result.FoundPacket;
import dev.culvert.reports.result.Observed;
import dev.culvert.reports.text.CommandText;
import dev.culvert.topologies.plan.Repro;
import io.qameta.allure.model.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that the results of one topology refer to. Each is written once, however many results show it. */
final class Attachments {

    private final Observed observed;
    private final Path directory;
    private final List<Attachment> common = new ArrayList<>();
    private final Map<String, Attachment> captures = new HashMap<>();
    private int packets;

    private Attachments(Observed observed, Path directory) {
        this.observed = observed;
        this.directory = directory;
    }

    /** Writes what every result of the topology shows. */
    static Attachments of(Observed observed, Path directory) throws IOException {
        Attachments attachments = new Attachments(observed, directory);
        Evidence evidence = observed.evidence();
        attachments.add(
                "topology",
                "image/svg+xml",
                "svg",
                TopologyPicture.of(evidence.topology()).toString());
        attachments.add(
                "topology file", "text/plain", "yaml", evidence.topology().source());
        attachments.add("repro.sh", "text/plain", "sh", Repro.script(evidence.topology()));
        attachments.add("commands", "text/plain", "txt", CommandText.of(evidence));
        if (!evidence.kernelLog().isBlank()) {
            attachments.add("kernel log", "text/plain", "log", evidence.kernelLog());
        }
        return attachments;
    }

    /** What every result of the topology shows: its picture, its file, the commands, the way to reproduce it, the kernel's log. */
    List<Attachment> common() {
        return List.copyOf(common);
    }

    /** The packet of a finding with its bytes marked, and the capture around it; nothing if it is not about a packet. */
    List<Attachment> of(Finding finding) throws IOException {
        Optional<FoundPacket> found = FoundPacket.of(finding, observed.evidence());
        if (found.isEmpty()) {
            return List.of();
        }
        FoundPacket packet = found.get();
        List<Attachment> attachments = new ArrayList<>();
        attachments.add(write(
                packet.title(),
                "text/plain",
                "packet-" + packets++ + "-attachment.txt",
                PacketText.marking(packet.dissection(), List.of(packet.mark())).toString()));
        List<CapturedPacket> around = packet.around();
        if (!around.isEmpty()) {
            attachments.add(capture(packet, around));
        }
        return attachments;
    }

    private Attachment capture(FoundPacket packet, List<CapturedPacket> around) throws IOException {
        String name = packet.stimulus().orElseThrow().id() + " on " + packet.point();
        Attachment written = captures.get(name);
        if (written == null) {
            String file = "capture-" + captures.size() + "-attachment.pcap";
            written = attachment(name + ".pcap", "application/vnd.tcpdump.pcap", file);
            PcapWriter.write(
                    directory.resolve(written.getSource()), around.get(0).linkType(), around);
            captures.put(name, written);
        }
        return written;
    }

    private void add(String name, String type, String extension, String content) throws IOException {
        common.add(write(name, type, name.replaceAll("[ .]", "-") + "-attachment." + extension, content));
    }

    private Attachment write(String name, String type, String file, String content) throws IOException {
        Attachment attachment = attachment(name, type, file);
        Files.writeString(directory.resolve(attachment.getSource()), content);
        return attachment;
    }

    private Attachment attachment(String name, String type, String file) {
        return new Attachment().setName(name).setType(type).setSource(observed.name() + "-" + file);
    }
}
