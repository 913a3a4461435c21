package dev.culvert.harness.run;

import com.fasterxml.jackson.core.JsonParser;
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
import dev.culvert.harness.server.Server;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Asks places what the kernel says of them, everything at once. */
final class PlaceReading {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** One process tells everything: to start {@code ip} costs more than what it then does. */
    private static final List<String> WHAT_IS = List.of("ip", "-d", "-s", "-j", "-batch", "-");

    /** Every link with its addresses, and every route. */
    private static final String LISTS = "addr\nroute show table all\n";

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
        CompletableFuture<List<JsonNode>> said = servers.get(place)
                .beginOrThrow(Command.at(place, WHAT_IS).withInput(LISTS))
                .thenApply(PlaceReading::lists);
        CompletableFuture<JsonNode> devices = CompletableFuture.supplyAsync(
                () -> devices(place), task -> new Thread(task, "culvert-dump-" + place.id()).start());
        return said.thenCombine(devices, (lists, dumped) -> {
            ArrayNode links = JSON.createArrayNode();
            ArrayNode addresses = JSON.createArrayNode();
            for (JsonNode link : lists.get(0)) {
                ObjectNode without = link.deepCopy();
                JsonNode its = without.remove(ADDRESSES);
                links.add(without);
                addresses
                        .addObject()
                        .put("ifname", link.path("ifname").asText())
                        .set(ADDRESSES, its == null ? JSON.createArrayNode() : its);
            }
            return new PlaceState(links, addresses, lists.get(1), dumped);
        });
    }

    private static List<JsonNode> lists(CommandRecord result) {
        List<JsonNode> lists = new ArrayList<>();
        try (JsonParser printed = JSON.createParser(result.stdout())) {
            for (JsonNode list = JSON.readTree(printed); list != null; list = JSON.readTree(printed)) {
                lists.add(list);
            }
        } catch (IOException e) {
            throw new IllegalStateException(result.argv() + " printed no JSON: " + result.stdout(), e);
        }
        if (lists.size() != 2) {
            throw new IllegalStateException(
                    "%s printed %d lists instead of 2: %s".formatted(result.argv(), lists.size(), result.stdout()));
        }
        return lists;
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
