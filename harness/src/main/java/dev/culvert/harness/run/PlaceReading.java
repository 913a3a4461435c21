package dev.culvert.harness.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.harness.netlink.LinkMessage;
import dev.culvert.harness.netlink.LinkRequests;
import dev.culvert.harness.netlink.NetlinkSession;
import dev.culvert.harness.server.Command;
import dev.culvert.harness.server.Lists;
import dev.culvert.harness.server.Server;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Place;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks places what the kernel says of them, everything at once. */
final class PlaceReading {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String ADDRESSES = "addr_info";

    private final Servers servers;

    PlaceReading(Servers servers) {
        this.servers = servers;
    }

    /** The state of each place. */
    CompletableFuture<Map<Place, PlaceState>> of(Collection<Place> places) {
        Map<Place, CompletableFuture<PlaceState>> reading = new TreeMap<>();
        for (Place place : places) {
            reading.put(place, state(place));
        }
        return CompletableFuture.allOf(reading.values().toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    Map<Place, PlaceState> states = new TreeMap<>();
                    reading.forEach((place, state) -> states.put(place, state.join()));
                    return states;
                });
    }

    private CompletableFuture<PlaceState> state(Place place) {
        CompletableFuture<JsonNode> linked = list(place, Lists.LINKS);
        CompletableFuture<JsonNode> routes = list(place, Lists.ROUTES);
        CompletableFuture<JsonNode> devices = CompletableFuture.supplyAsync(
                () -> devices(place), task -> new Thread(task, "culvert-dump-" + place.id()).start());
        return CompletableFuture.allOf(linked, routes, devices)
                .thenApply(all -> state(linked.join(), routes.join(), devices.join()));
    }

    private static PlaceState state(JsonNode linked, JsonNode routes, JsonNode devices) {
        ArrayNode links = JSON.createArrayNode();
        ArrayNode addresses = JSON.createArrayNode();
        for (JsonNode link : linked) {
            ObjectNode without = link.deepCopy();
            JsonNode its = without.remove(ADDRESSES);
            links.add(without);
            addresses
                    .addObject()
                    .put("ifname", link.path("ifname").asText())
                    .set(ADDRESSES, its == null ? JSON.createArrayNode() : its);
        }
        return new PlaceState(links, addresses, routes, devices);
    }

    private CompletableFuture<JsonNode> list(Place place, List<String> argv) {
        return servers.get(place).beginOrThrow(Command.at(place, argv)).thenApply(PlaceReading::list);
    }

    /** The list that a command printed. Every place has links and routes, its loopback device's at least, so nothing at all is none. */
    private static JsonNode list(CommandRecord result) {
        try {
            JsonNode printed = JSON.readTree(result.stdout());
            if (printed.isArray()) {
                return printed;
            }
            throw new IllegalStateException(result.argv() + " printed no list: " + result.stdout());
        } catch (IOException e) {
            throw new IllegalStateException(result.argv() + " printed no JSON: " + result.stdout(), e);
        }
    }

    private JsonNode devices(Place place) {
        Server server = servers.get(place);
        NetlinkSession session = new NetlinkSession(protocol -> server.netlink(place, protocol));
        ArrayNode devices = JSON.createArrayNode();
        session.dump(LinkRequests.dump()).stream()
                .map(LinkMessage::of)
                .filter(link -> !link.data().isEmpty())
                .forEach(link -> devices.add(device(link)));
        return devices;
    }

    private static ObjectNode device(LinkMessage link) {
        ObjectNode device = JSON.createObjectNode()
                .put("ifname", link.name())
                .put("kind", link.kind())
                .put("mtu", link.mtu());
        ObjectNode data = device.putObject("data");
        link.data().forEach((number, bytes) -> data.put(String.valueOf(number), bytes.toString()));
        return device;
    }
}
