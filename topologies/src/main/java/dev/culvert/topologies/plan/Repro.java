package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Lan;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A topology as one shell script that needs nothing of Culvert: network namespaces named like the places, iproute2, and the commands
 * of the plan. It shows that the tunnel works, can do more after that, and removes what it made.
 */
public final class Repro {

    private static final int COLUMNS = 120;

    private final Topology topology;
    private final List<Step> further;

    private Repro(Topology topology, List<? extends Step> further) {
        this.topology = topology;
        this.further = List.copyOf(further);
    }

    /** The script that sets a topology up and sends one packet through it. */
    public static String script(Topology topology) {
        return script(topology, List.of());
    }

    /**
     * The same with more to do once the tunnel works, a command that provokes a failure for instance. What such a command returns
     * does not end the script.
     */
    public static String script(Topology topology, List<? extends Step> further) {
        return new Repro(topology, further).script();
    }

    private String script() {
        return template()
                .replace("@NAME@", topology.name())
                .replace("@MODULES@", String.join(" ", topology.modules()))
                .replace("@PLACES@", topology.places().stream().map(Place::id).collect(Collectors.joining(" ")))
                .replace("@SERVED@", served())
                .replace("@PROBES@", probes())
                .replace("@SETUP@", lines(Plan.of(topology, Offloads.ON).steps(), ""))
                .replace("@PING@", ping())
                .replace("@FURTHER@", lines(further, " || true"))
                // Last, so that nothing in it is taken for a mark of the template.
                .replace("@TITLE@", topology.title());
    }

    private static String template() {
        try (InputStream in = Objects.requireNonNull(Repro.class.getResourceAsStream("repro.sh.template"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tries what the kernel may lack, so that the script can say what is missing instead of failing somewhere. */
    private String probes() {
        StringBuilder probes = new StringBuilder();
        Endpoint a = topology.a();
        String kind = topology.kind().name();
        String add = ShellWords.line(inNamespace(Place.A, topology.kind().addDevice(a.tunnel())));
        String delete = "ip -n a link delete " + a.tunnel().device();
        probes.append("{ ")
                .append(add)
                .append(" && ")
                .append(delete)
                .append("; } ||\n    fail 'this kernel cannot make tunnels of kind ")
                .append(kind)
                .append("'\n");
        if (topology.fallback()) {
            String device = topology.b().tunnel().device();
            probes.append("ip -n b link show ")
                    .append(device)
                    .append(" >/dev/null 2>&1 ||\n    fail 'no ")
                    .append(device)
                    .append(" in a new network namespace: set net.core.fb_tunnels_only_for_init_net to 0'\n");
        }
        if (topology.mpls() != null) {
            probes.append(
                    "ip netns exec a test -e /proc/sys/net/mpls/platform_labels || fail 'this kernel has no MPLS'\n");
        }
        return probes.toString();
    }

    private String lines(List<Step> steps, String suffix) {
        StringBuilder lines = new StringBuilder();
        String purpose = "";
        for (Step step : steps) {
            List<String> argv = step.argvByName();
            if (argv.subList(0, 2).equals(List.of("ip", "netns"))) {
                continue;
            }
            if (!step.purpose().equals(purpose)) {
                purpose = step.purpose();
                lines.append("# ").append(purpose).append('\n');
            }
            List<String> words = step instanceof ServeStep serve ? serving(serve) : inNamespace(step.place(), argv);
            lines.append(ShellWords.lines(words, "", COLUMNS)).append(suffix).append('\n');
        }
        return lines.toString();
    }

    private static List<String> serving(ServeStep step) {
        List<String> words = new ArrayList<>(List.of("serve", step.place().id(), step.ready()));
        words.addAll(step.argv());
        return words;
    }

    /** The commands that go on, each a word. */
    private String served() {
        return Plan.of(topology, Offloads.ON).steps().stream()
                .filter(ServeStep.class::isInstance)
                .map(step -> ", " + step.argvByName().get(0))
                .distinct()
                .collect(Collectors.joining());
    }

    private static List<String> inNamespace(Place place, List<String> argv) {
        List<String> words = new ArrayList<>();
        if (argv.get(0).equals("ip")) {
            words.addAll(List.of("ip", "-n", place.id()));
            words.addAll(argv.subList(1, argv.size()));
        } else if (argv.get(0).equals("sysctl")) {
            words.addAll(List.of("settings", place.id()));
            argv.stream().filter(word -> word.contains("=")).forEach(words::add);
        } else {
            words.addAll(List.of("ip", "netns", "exec", place.id()));
            words.addAll(argv);
        }
        return words;
    }

    /** From LAN host to LAN host where there are both, or else between the internal addresses. */
    private String ping() {
        Lan lanA = topology.a().lan();
        Lan lanB = topology.b().lan();
        boolean lans = lanA != null && lanB != null;
        String from = lans ? lanA.host().place().id() : Place.A.id();
        String to = lans
                ? lanB.host().address().host()
                : topology.b().tunnel().address().host();
        return "ip netns exec " + from + " ping -c 1 -W 2 " + to;
    }
}
