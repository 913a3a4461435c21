package dev.culvert.harness.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Speaks with QEMU over its machine protocol: one JSON object a line, events in between (QEMU's {@code
 * docs/interop/qmp-spec}).
 */
final class Qmp implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final LineSocket socket;

    /** Takes over a fresh connection: reads the greeting and leaves the negotiation mode. */
    Qmp(LineSocket socket) throws IOException {
        this.socket = socket;
        JsonNode greeting = parse(socket.receive(LIMIT));
        if (!greeting.has("QMP")) {
            throw new IOException("QEMU greets with \"" + greeting + "\" instead of {\"QMP\": …}");
        }
        execute("qmp_capabilities", Map.of());
    }

    /**
     * Executes a command and returns what it returns.
     *
     * @throws IOException when QEMU refuses it, with QEMU's words, or says nothing in time
     */
    JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
        socket.send(JSON.writeValueAsString(Map.of("execute", command, "arguments", arguments)));
        while (true) {
            JsonNode message = parse(socket.receive(LIMIT));
            if (message.has("return")) {
                return message.get("return");
            }
            if (message.has("error")) {
                throw new IOException("QEMU refuses \"%s\": %s"
                        .formatted(command, message.at("/error/desc").asText()));
            }
            // Anything else is an event.
        }
    }

    private static JsonNode parse(String line) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("QEMU says \"" + line + "\", which is no JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
