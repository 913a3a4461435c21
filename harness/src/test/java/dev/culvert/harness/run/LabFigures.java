package dev.culvert.harness.run;

import dev.culvert.harness.lab.KernelChoice;
import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.lab.LabCache;
import dev.culvert.harness.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures how long a fork takes, what memory it has of its own, and how long a command on a server takes; not a test. */
final class LabFigures {

    private static final int FORKS = 5;

    /** A fork is at rest when it has had this long to settle. */
    private static final long SETTLING_MILLIS = 3000;

    private LabFigures() {}

    /** Prints one line for each figure: its name, the value, the unit and the limit, separated by tabs. */
    public static void main(String[] arguments) throws Exception {
        LabCache cache = LabCache.ofUser(System.getenv());
        LabSupply supply = LabSupply.of(
                LabKind.QEMU,
                new KernelChoice.Debian("6.12", List.of()),
                1,
                cache,
                cache.root().resolve("logs"),
                phase -> {});
        double[] seconds = new double[FORKS];
        double[] megabytes = new double[FORKS];
        for (int i = 0; i < FORKS; i++) {
            seconds[i] = forked(supply, megabytes, i);
        }
        line("fork to answering engine, A, B and router running", median(seconds), "s", "1.0");
        line("private memory of a fork at rest", median(megabytes), "MB", "200");
        try (Lab lab = supply.open()) {
            lab.go();
            lab.awaitServers();
            Process commands = WorkerProcess.jvm(lab, supply.lease(), "OFF", CommandFigures.class, List.of())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String millis = new String(commands.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            line("one command on a server, round trip, median", Double.parseDouble(millis), "ms", "60");
        }
    }

    @SuppressWarnings("try") // The lab only has to be there.
    private static double forked(LabSupply supply, double[] megabytes, int index)
            throws LabException, InterruptedException, IOException {
        long begun = System.nanoTime();
        try (Lab lab = supply.open()) {
            lab.go();
            lab.awaitEngine();
            double taken = (System.nanoTime() - begun) / 1e9;
            Thread.sleep(SETTLING_MILLIS);
            megabytes[index] = privateBytes() / 1e6;
            return taken;
        }
    }

    /**
     * What the emulator started from here has in memory of its own. Clean pages are not counted: they are the template's memory image,
     * which the page cache holds once for however many forks.
     */
    private static long privateBytes() throws IOException {
        List<Long> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            String command = process.info().command().orElse("");
            if (command.contains("qemu-system")) {
                found.add(Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup")).stream()
                        .filter(line -> line.startsWith("Private_Dirty:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .sum());
            }
        }
        if (found.size() != 1) {
            throw new IllegalStateException(found.size() + " emulators run, not one");
        }
        return found.get(0);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void line(String what, double value, String unit, String limit) {
        System.out.printf("%s\t%.2f\t%s\t%s%n", what, value, unit, limit);
    }
}
