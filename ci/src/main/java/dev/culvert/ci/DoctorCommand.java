package dev.culvert.ci;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.lab.AcceleratorProbe;
import dev.culvert.harness.lab.AcceleratorReport;
import dev.culvert.harness.lab.HostTools;
import dev.culvert.harness.lab.LabCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what this machine has for a lab. */
@Command(
        name = "doctor",
        description =
                "Says what this machine has, which accelerator works and why not the other, which kernels are cached, and the disk used.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(names = "--json", description = "As JSON, for programs.")
    boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LabCache cache = LabCache.ofUser(System.getenv());
        List<HostTools.Tool> missing = new HostTools(System.getenv()).missing();
        Optional<AcceleratorReport> accelerator =
                missing.isEmpty() ? new AcceleratorProbe(cache).remembered() : Optional.empty();
        List<LabCache.Usage> usage = cache.usage();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("missing", missing);
            all.put("accelerator", accelerator.orElse(null));
            all.put("cache", cache.root().toString());
            all.put("cached", usage.stream().map(CachedEntry::of).toList());
            out.println(JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(all));
        } else {
            print(out, cache, missing, accelerator, usage);
        }
        out.flush();
        return missing.isEmpty() ? ExitCode.OK : ExitCode.BROKEN;
    }

    private static void print(
            PrintWriter out,
            LabCache cache,
            List<HostTools.Tool> missing,
            Optional<AcceleratorReport> accelerator,
            List<LabCache.Usage> usage)
            throws IOException {
        Runtime machine = Runtime.getRuntime();
        out.printf("machine      %d processors, Java %s%n", machine.availableProcessors(), Runtime.version());
        out.printf("programs     %s%n", missing.isEmpty() ? "all there" : "missing:");
        missing.forEach(
                tool -> out.printf("             %s (Debian package %s)%n", tool.program(), tool.debianPackage()));
        out.printf("/dev/kvm     %s%n", kvm());
        out.printf(
                "accelerator  %s%n",
                accelerator
                        .map(report -> report.accelerator() + ": " + report.reason())
                        .orElse("not tried yet; the first run tries KVM with a small guest and remembers the answer"));
        out.printf("Docker       %s%n", docker());
        out.printf("cache        %s%n", cache.root());
        long total = 0;
        for (LabCache.Usage entry : usage) {
            CachedEntry line = CachedEntry.of(entry);
            out.printf("             %s  last used %s%n", line.line(), line.lastUsed());
            total += entry.bytes();
        }
        out.printf("             %s in all; `culvert lab prune` frees it%n", CachedEntry.size(total));
    }

    private static String kvm() {
        Path device = Path.of("/dev/kvm");
        if (!Files.exists(device)) {
            return "not there";
        }
        return Files.isWritable(device) ? "there, and may be opened" : "there, but this user may not open it";
    }

    private static String docker() {
        String host = System.getenv().getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return "DOCKER_HOST=" + host + ", for --lab docker";
        }
        return Files.exists(Path.of("/var/run/docker.sock"))
                ? "/var/run/docker.sock, for --lab docker"
                : "no DOCKER_HOST and no local socket: --lab docker has nothing to talk to";
    }
}
