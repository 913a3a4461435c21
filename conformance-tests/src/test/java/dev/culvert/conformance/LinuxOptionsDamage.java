package dev.culvert.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.culvert.harness.evidence.Evidence;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.topologies.Place;
import java.util.function.Consumer;

final class LinuxOptionsDamage {

    private static final String IFLA_IPTUN_REMOTE = "3";
    private static final String IFLA_IPTUN_TTL = "4";
    private static final String IFLA_GRE_IFLAGS = "2";

    private LinuxOptionsDamage() {}

    /** One entry of a listing changed. */
    private static JsonNode changed(JsonNode listing, String device, Consumer<ObjectNode> change) {
        JsonNode copy = listing.deepCopy();
        for (JsonNode entry : copy) {
            if (device.equals(entry.path("ifname").asText())) {
                change.accept((ObjectNode) entry);
            }
        }
        return copy;
    }

    private static Evidence shown(Evidence good, Place place, Consumer<ObjectNode> change) {
        String device = good.topology().endpoint(place).tunnel().device();
        return good.withConfigured(
                place,
                (PlaceState state) -> state.withLinks(changed(
                        state.links(), device, link -> change.accept((ObjectNode) link.at("/linkinfo/info_data")))));
    }

    private static Evidence dumped(Evidence good, Place place, Consumer<ObjectNode> change) {
        String device = good.topology().endpoint(place).tunnel().device();
        return good.withConfigured(
                place,
                (PlaceState state) -> state.withDevices(
                        changed(state.devices(), device, entry -> change.accept((ObjectNode) entry.path("data")))));
    }

    @DamageOf("LINUX-OPTIONS-REPORTED")
    static Evidence ipShowsAnotherTtl(Evidence good) {
        return shown(good, Place.A, data -> data.put("ttl", 64));
    }

    @DamageOf("LINUX-OPTIONS-REPORTED")
    static Evidence ipShowsATosThatNobodyAskedFor(Evidence good) {
        return shown(good, Place.B, data -> data.put("tos", "0x1"));
    }

    @DamageOf("LINUX-OPTIONS-REPORTED")
    static Evidence netlinkTellsAnotherTtl(Evidence good) {
        return dumped(good, Place.A, data -> data.put(IFLA_IPTUN_TTL, "40"));
    }

    @DamageOf("LINUX-OPTIONS-REPORTED")
    static Evidence netlinkTellsNoRemote(Evidence good) {
        return dumped(good, Place.B, data -> data.remove(IFLA_IPTUN_REMOTE));
    }

    @DamageOf(value = "LINUX-OPTIONS-REPORTED", topology = "gre-csum")
    static Evidence netlinkTellsNoChecksum(Evidence good) {
        return dumped(good, Place.A, data -> data.put(IFLA_GRE_IFLAGS, "0000"));
    }
}
