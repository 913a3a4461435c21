package dev.culvert.harness.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.ThroughputRun;
import dev.culvert.harness.server.Command;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Throughput;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One transfer by iperf3 from A to B: its command, and what its JSON report says. */
record Iperf(String path, String protocol, boolean offloads, InetAddress to, Throughput settings) {

    static final int PORT = 5201;

    /** The path through the tunnel; the other one is the bare underlay. */
    static final String TUNNEL = "tunnel";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration BEYOND_THE_TRANSFER = Duration.ofSeconds(20);

    /** Payload of a datagram: what a tunnel of an MTU of 1400 or more carries in one piece. */
    private static final int DATAGRAM = 1300;

    /** The command to run on A. */
    Command client() {
        List<String> argv = new ArrayList<>(List.of(
                "iperf3",
                "--client",
                IpAddress.text(to),
                "--port",
                String.valueOf(PORT),
                "--json",
                "--time",
                String.valueOf(settings.seconds())));
        if (protocol.equals("udp")) {
            argv.addAll(
                    List.of("--udp", "--bitrate", settings.udpMegabits() + "M", "--length", String.valueOf(DATAGRAM)));
        }
        return Command.at(Place.A, argv).withTimeout(BEYOND_THE_TRANSFER.plusSeconds(settings.seconds()));
    }

    /** Reads the report, also that of a transfer which failed. */
    ThroughputRun read(CommandRecord result) {
        JsonNode report;
        try {
            report = JSON.readTree(result.stdout());
        } catch (JsonProcessingException e) {
            return failed("iperf3 ended with " + result.exit() + " and no report: " + result.stderr());
        }
        JsonNode end = report.path("end");
        JsonNode received = end.path("sum_received");
        JsonNode cpu = end.path("cpu_utilization_percent");
        if (received.path("bits_per_second").isMissingNode()) {
            return failed("iperf3 measured nothing: " + report.path("error").asText(result.stderr()));
        }
        return new ThroughputRun(
                path,
                protocol,
                offloads,
                received.path("seconds").asDouble(),
                received.path("bits_per_second").asDouble(),
                received.path("bytes").asLong(),
                protocol.equals("udp") ? received.path("lost_percent").asDouble() : 0,
                end.path("sum_sent").path("retransmits").asLong(),
                cpu.path("host_total").asDouble(),
                cpu.path("remote_total").asDouble(),
                null);
    }

    private ThroughputRun failed(String failure) {
        return ThroughputRun.failed(path, protocol, offloads, failure);
    }
}
