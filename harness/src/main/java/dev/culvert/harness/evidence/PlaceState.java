package dev.culvert.harness.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What {@code ip} says of a place: {@code links} is {@code ip -d -s -j link}, {@code addresses} is {@code ip -j addr},
 * {@code routes} is {@code ip -j route show table all}.
 */
public record PlaceState(JsonNode links, JsonNode addresses, JsonNode routes) {

    /** The link of that name as {@code ip -d -s -j link} shows it, or a missing node. */
    public JsonNode link(String device) {
        return named(links, device);
    }

    /** The addresses of a device as {@code ip -j addr} shows them, or a missing node. */
    public JsonNode address(String device) {
        return named(addresses, device);
    }

    private static JsonNode named(JsonNode list, String device) {
        for (JsonNode entry : list) {
            if (device.equals(entry.path("ifname").asText())) {
                return entry;
            }
        }
        return MissingNode.getInstance();
    }
}
