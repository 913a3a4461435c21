package dev.culvert.harness.evidence;

import java.util.List;

/**
 * The kernel under test, as it names itself.
 *
 * @param release {@code uname -r}
 * @param version {@code uname -v}
 * @param machine {@code uname -m}
 * @param modules the modules loaded while the topology was up
 */
public record KernelIdentity(String release, String version, String machine, List<String> modules) {

    public KernelIdentity {
        modules = List.copyOf(modules);
    }
}
