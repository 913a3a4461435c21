package dev.culvert.harness.packet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Wireshark's dissector on the command line, as an independent opinion. */
final class Tshark {

    private Tshark() {}

    /**
     * Dissects a capture without putting fragments together. Gives for each field one text a packet, with all its values in
     * the packet joined by commas. Ports mean what {@link SamplePackets#CONTEXT} says, as far as tshark knows it.
     */
    static Map<String, List<String>> fields(Path capture, List<String> fields)
            throws IOException, InterruptedException {
        return fields(capture, fields, List.of());
    }

    /** The same with preferences of tshark's, {@code NAME:VALUE} each. */
    static Map<String, List<String>> fields(Path capture, List<String> fields, List<String> preferences)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of("-o", "ip.defragment:FALSE", "-o", "ipv6.defragment:FALSE"));
        command.addAll(List.of("-o", "ip.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"));
        preferences.forEach(preference -> command.addAll(List.of("-o", preference)));
        command.addAll(List.of("-d", "udp.port==5555,ip", "-d", "udp.port==5556,gre"));
        command.addAll(List.of("-T", "fields", "-E", "separator=/t", "-E", "occurrence=a", "-E", "aggregator=,"));
        fields.forEach(field -> command.addAll(List.of("-e", field)));
        Process tshark = start(command);
        String out = new String(tshark.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complaint = new String(tshark.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        if (tshark.waitFor() != 0) {
            throw new IllegalStateException("tshark refused: " + complaint);
        }
        Map<String, List<String>> columns = new LinkedHashMap<>();
        fields.forEach(field -> columns.put(field, new ArrayList<>()));
        out.lines().forEach(line -> {
            String[] values = line.split("\t", -1);
            for (int i = 0; i < fields.size(); i++) {
                columns.get(fields.get(i)).add(values[i].replace("True", "1").replace("False", "0"));
            }
        });
        return columns;
    }

    private static Process start(List<String> command) throws IOException {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new IOException("tshark is needed by this test: on Debian, apt-get install tshark", e);
        }
    }
}
