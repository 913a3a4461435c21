package dev.culvert.topologies.plan;

import dev.culvert.topologies.Family;
import dev.culvert.topologies.InterfaceAddress;
import dev.culvert.topologies.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects steps in order. */
final class Steps {

    private final List<Step> steps = new ArrayList<>();

    void add(Step step) {
        steps.add(step);
    }

    void run(Place place, String purpose, String... argv) {
        run(place, purpose, List.of(argv));
    }

    void run(Place place, String purpose, List<String> argv) {
        add(new RunStep(place, argv, purpose));
    }

    void change(Place place, String purpose, Change change) {
        add(new ChangeStep(place, change, purpose));
    }

    void neighbour(Place place, String device, InterfaceAddress address, String mac) {
        change(
                place,
                "neighbour known beforehand, no " + (address.family() == Family.IPV6 ? "solicitation" : "ARP")
                        + " in captures",
                new Change.SetNeighbour(device, address.address(), mac));
    }

    /** Makes all settings with one command: a round trip each would cost more than everything else together. */
    void sysctls(Place place, String purpose, Map<String, String> settings) {
        if (settings.isEmpty()) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of("sysctl", "-q", "-w"));
        settings.forEach((name, value) -> argv.add(name + "=" + value));
        run(place, purpose, argv);
    }

    Plan plan() {
        return new Plan(steps);
    }
}
