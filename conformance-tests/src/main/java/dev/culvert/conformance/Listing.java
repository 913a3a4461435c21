package dev.culvert.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.harness.evidence.NotObserved;
import dev.culvert.topologies.IpAddress;
import dev.culvert.topologies.Subnet;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The links or routes that {@code ip -j} lists. */
record Listing(JsonNode entries) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a command printed; throws {@link NotObserved} when it failed or printed something else. */
    static Listing of(CommandRecord answer) {
        String command = String.join(" ", answer.argv());
        if (answer.exit() != 0) {
            throw new NotObserved("`" + command + "` ended with " + answer.exit() + ": "
                    + answer.stderr().strip());
        }
        try {
            return new Listing(JSON.readTree(answer.stdout()));
        } catch (JsonProcessingException e) {
            throw new NotObserved("`" + command + "` printed no JSON: " + e.getOriginalMessage());
        }
    }

    /** The link of that name, or a missing node. */
    JsonNode link(String device) {
        return all().stream()
                .filter(entry -> device.equals(entry.path("ifname").asText()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The neighbour with that address, or a missing node. */
    JsonNode neighbour(String address) {
        return all().stream()
                .filter(entry -> address.equals(entry.path("dst").asText()))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    /** The flags of a link, {@code UP} for instance; none for a link that is not listed. */
    List<String> flags(String device) {
        return StreamSupport.stream(link(device).path("flags").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** A statistic of a link: {@code rx} or {@code tx}, then {@code packets} or {@code errors}; -1 where it is not listed. */
    long count(String device, String direction, String what) {
        return link(device).path("stats64").path(direction).path(what).asLong(-1);
    }

    /** The unicast routes of the main table that lead to a device; without {@code -d} the command says neither of these. */
    List<JsonNode> routes(String device) {
        return all().stream()
                .filter(route -> device.equals(route.path("dev").asText()))
                .filter(route -> route.path("table").asText("main").equals("main"))
                .filter(route -> route.path("type").asText("unicast").equals("unicast"))
                .toList();
    }

    /** The destinations of {@link #routes}, as {@code ip} writes them. */
    List<String> destinations(String device) {
        return routes(device).stream()
                .map(route -> route.path("dst").asText())
                .sorted()
                .toList();
    }

    /** The route of the main table to a subnet by a device. */
    Optional<JsonNode> route(String device, Subnet to) {
        String written = to.isAddress() ? IpAddress.text(to.network()) : to.toString();
        return routes(device).stream()
                .filter(route -> written.equals(route.path("dst").asText()))
                .findFirst();
    }

    private List<JsonNode> all() {
        return StreamSupport.stream(entries.spliterator(), false).toList();
    }
}
