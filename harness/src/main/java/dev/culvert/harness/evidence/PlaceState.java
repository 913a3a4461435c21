package dev.culvert.harness.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a place.
 *
 * @param links as {@code ip -d -s -j link} shows them
 * @param addresses of each link its {@code ifname}, and its {@code addr_info} as {@code ip -d -s -j addr} shows it
 * @param routes as {@code ip -d -s -j route show table all} shows them
 * @param devices what a netlink dump tells of those that are of a kind, an array of objects: {@code ifname}, {@code kind}, {@code mtu} in
 *     bytes, and {@code data}, the bytes of each attribute of {@code IFLA_INFO_DATA} in hexadecimal digits by its number; a missing node
 *     in older evidence
 */
public record PlaceState(
        JsonNode links,
        JsonNode addresses,
        JsonNode routes,
        @Nullable JsonNode devices) {

    public PlaceState {
        devices = devices == null || devices.isNull() ? MissingNode.getInstance() : devices;
    }

    /** A state without a dump. */
    public PlaceState(JsonNode links, JsonNode addresses, JsonNode routes) {
        this(links, addresses, routes, null);
    }

    /** The link of that name as {@code ip -d -s -j link} shows it, or a missing node. */
    public JsonNode link(String device) {
        return named(links, device);
    }

    /** The addresses of a device, its {@code ifname} and {@code addr_info}, or a missing node. */
    public JsonNode address(String device) {
        return named(addresses, device);
    }

    /** What a netlink dump tells of a device, or a missing node. */
    public JsonNode device(String device) {
        return named(devices, device);
    }

    /** A copy with other links. */
    public PlaceState withLinks(JsonNode other) {
        return new PlaceState(other, addresses, routes, devices);
    }

    /** A copy with other routes. */
    public PlaceState withRoutes(JsonNode other) {
        return new PlaceState(links, addresses, other, devices);
    }

    /** A copy with other devices. */
    public PlaceState withDevices(JsonNode other) {
        return new PlaceState(links, addresses, routes, other);
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
