package dev.culvert.topologies.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlanJsonTest {

    @Test
    void holdsEveryStepAsItsArguments() throws IOException {
        Topology topology = Topologies.named("ipip-mpls");
        Plan plan = Plan.of(topology, Offloads.OFF);

        JsonNode json = new ObjectMapper().readTree(PlanJson.of(topology, plan));

        assertThat(json.get("topology").asText()).isEqualTo("ipip-mpls");
        assertThat(json.get("modules"))
                .map(JsonNode::asText)
                .containsExactly("veth", "ipip", "mpls_router", "mpls_iptunnel");
        assertThat(json.get("steps")).hasSameSizeAs(plan.steps());
        for (int i = 0; i < plan.steps().size(); i++) {
            JsonNode step = json.get("steps").get(i);
            assertThat(step.get("number").asInt()).isEqualTo(i + 1);
            assertThat(step.get("place").asText())
                    .isEqualTo(plan.steps().get(i).place().id());
            assertThat(step.get("argv"))
                    .map(JsonNode::asText)
                    .isEqualTo(plan.steps().get(i).argvByName());
        }
    }
}
