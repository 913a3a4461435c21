package dev.culvert.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.culvert.harness.evidence.PlaceState;
import dev.culvert.harness.netlink.AttributeText;
import dev.culvert.harness.packet.Bytes;
import dev.culvert.topologies.link.LinkOption;

/** A device of a place as a netlink dump tells it. */
final class ReportedDevice {

    private final PlaceState state;
    private final JsonNode device;

    ReportedDevice(PlaceState state, String name) {
        this.state = state;
        this.device = state.device(name);
    }

    /** An option as it was asked for. */
    static String asked(LinkOption option) {
        return AttributeText.told(option.attribute());
    }

    String kind() {
        return device.path("kind").asText();
    }

    int mtu() {
        return device.path("mtu").asInt();
    }

    /** An option as it is reported, "nothing" when it is not; the same text as {@link #asked} when the values are the same. */
    String text(LinkOption option) {
        JsonNode hex =
                device.path("data").path(String.valueOf(option.attribute().type()));
        return hex.isMissingNode()
                ? "nothing"
                : AttributeText.reported(option.attribute(), Bytes.parse(hex.asText()), this::nameOf);
    }

    private String nameOf(long index) {
        for (JsonNode link : state.links()) {
            if (link.path("ifindex").asLong() == index) {
                return link.path("ifname").asText();
            }
        }
        return index == 0 ? "none" : "device " + index;
    }
}
