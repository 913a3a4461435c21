package dev.culvert.harness.lab;

import dev.culvert.harness.lab.LabUnavailable.Attempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shell script of this package, run as a program of its own. */
record BundledScript(Resource script) {

    private static final String PHASE = "phase: ";
    private static final int SHOWN_LINES = 8;

    BundledScript(String name) {
        this(new Resource(name));
    }

    /**
     * Runs the script to its end.
     *
     * @throws LabUnavailable when it fails, with the last lines it wrote
     */
    void run(List<String> arguments, Progress progress) throws LabUnavailable, InterruptedException {
        try (GuardedDirectory work = GuardedDirectory.temporary()) {
            // Without root, mmdebstrap works under user ids that have to pass through here.
            Files.setPosixFilePermissions(work.path(), PosixFilePermissions.fromString("rwx--x--x"));
            List<String> command =
                    new ArrayList<>(List.of("sh", script.into(work.path()).toString()));
            command.addAll(arguments);
            // What the tools put aside goes where it is removed whatever happens.
            Map<String, String> environment = Map.of("TMPDIR", work.path().toString(), "LC_ALL", "C.UTF-8");
            run(work.path(), command, environment, progress);
        } catch (IOException e) {
            throw new LabUnavailable(script.name(), e.getMessage());
        }
    }

    private void run(Path directory, List<String> command, Map<String, String> environment, Progress progress)
            throws IOException, LabUnavailable, InterruptedException {
        try (GuardedProcess process =
                GuardedProcess.start(directory, command, environment, line -> report(line, progress))) {
            int status = process.await();
            if (status != 0) {
                List<String> lines = process.lastLines();
                throw new LabUnavailable(List.of(new Attempt(
                        script.name(),
                        "ended with status %d; its last lines:\n    %s"
                                .formatted(
                                        status,
                                        String.join(
                                                "\n    ",
                                                lines.subList(
                                                        Math.max(0, lines.size() - SHOWN_LINES), lines.size()))))));
            }
        }
    }

    private static void report(String line, Progress progress) {
        if (line.startsWith(PHASE)) {
            progress.phase(line.substring(PHASE.length()));
        }
    }
}
