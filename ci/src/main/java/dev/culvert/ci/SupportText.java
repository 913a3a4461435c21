package dev.culvert.ci;

import dev.culvert.harness.lab.KernelContents;
import dev.culvert.harness.lab.KernelContents.Support;
import dev.culvert.topologies.Topology;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which topologies a kernel supports, as people and as programs read it.
 *
 * @param kernel the kernel as it was asked for
 * @param contents what is known of it; nothing when its files are not there
 */
record SupportText(String kernel, Optional<KernelContents> contents) {

    void print(List<Topology> topologies, PrintWriter out) {
        out.println(headline());
        Map<String, List<Topology>> kinds = topologies.stream()
                .collect(Collectors.groupingBy(t -> t.kind().name(), LinkedHashMap::new, Collectors.toList()));
        kinds.forEach((kind, ofKind) -> print(kind, ofKind, out));
    }

    /** The same for programs: {@code release} is missing when nothing is known of the kernel. */
    Map<String, Object> json() {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("asked", kernel);
        contents.ifPresent(known -> {
            text.put("release", known.release());
            text.put("configured", known.configured());
        });
        return text;
    }

    /** What is known of one topology: {@code support} is {@code supported}, {@code lacking} or {@code unknown}. */
    Map<String, Object> json(Topology topology) {
        Map<String, Object> text = new LinkedHashMap<>();
        Support support = support(topology).orElse(new Support(List.of(), List.of()));
        text.put("support", word(topology));
        text.put("lacks", support.lacks());
        text.put("unknown", support.unknown());
        return text;
    }

    private String headline() {
        return contents.map(known -> "Kernel " + known.release()
                        + (known.configured() ? "" : ", whose configuration is not at hand"))
                .orElse("What kernel " + kernel + " has is not known: no run has fetched it yet; `culvert run --kernel "
                        + kernel + "` does");
    }

    private void print(String kind, List<Topology> topologies, PrintWriter out) {
        List<String> remarks = new ArrayList<>();
        for (Topology topology : topologies) {
            support(topology).ifPresent(support -> {
                if (!support.lacks().isEmpty()) {
                    remarks.add(remark(topology, "lacks " + String.join(", ", support.lacks())));
                } else if (!support.unknown().isEmpty()) {
                    remarks.add(remark(topology, "not known: needs " + String.join(", ", support.unknown())));
                }
            });
        }
        long supported = topologies.stream()
                .filter(topology -> word(topology).equals("supported"))
                .count();
        out.printf(
                "  %-14s %s%n",
                kind,
                contents.isEmpty()
                        ? "not known"
                        : remarks.isEmpty()
                                ? "supported"
                                : supported + " of " + topologies.size() + " topologies supported");
        remarks.forEach(out::println);
    }

    private static String remark(Topology topology, String what) {
        return String.format("    %-18s %s", topology.name(), what);
    }

    private Optional<Support> support(Topology topology) {
        return contents.map(known -> known.support(topology));
    }

    private String word(Topology topology) {
        return support(topology)
                .map(support -> !support.lacks().isEmpty()
                        ? "lacking"
                        : support.unknown().isEmpty() ? "supported" : "unknown")
                .orElse("unknown");
    }
}
