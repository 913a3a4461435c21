package dev.culvert.ci;

import dev.culvert.harness.lab.LabCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Frees the lab's cache. */
@Command(
        name = "prune",
        description =
                "Removes what the cache holds: images, kernels, templates. The next run builds what it needs again.",
        mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--unused-days",
            defaultValue = "0",
            paramLabel = "DAYS",
            description = "Only what was not used for so many days (default: everything).")
    int days;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (days < 0) {
            throw new ParameterException(spec.commandLine(), "--unused-days: \"" + days + "\" is not 0 or more");
        }
        PrintWriter out = spec.commandLine().getOut();
        List<LabCache.Usage> removed = LabCache.ofUser(System.getenv()).prune(Duration.ofDays(days));
        long bytes = 0;
        for (LabCache.Usage entry : removed) {
            CachedEntry line = CachedEntry.of(entry);
            out.println("removed  " + line.line());
            bytes += entry.bytes();
        }
        out.printf("%s freed%n", CachedEntry.size(bytes));
        out.flush();
        return ExitCode.OK;
    }
}
