package dev.culvert.harness.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.culvert.harness.lab.Lab;
import dev.culvert.harness.server.ServerAccess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A worker in a JVM of its own. It gets the engine's address by environment, because Testcontainers reads it there, once; it ends
 * when its standard input does, so it never outlives the process that started it.
 */
final class WorkerProcess implements LabWorker {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Writer orders;
    private final WorkerEvents events = new WorkerEvents();

    private WorkerProcess(Process process) {
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "culvert-worker-events");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a worker for a lab, which need not go on yet.
     *
     * @param lease how long the lab's servers go on without word from the worker; zero, for ever
     * @param log file that gets what the worker prints on standard error
     * @param task what it is to do: {@code prepare} or {@code observe}
     */
    static WorkerProcess start(Lab lab, Duration lease, Path log, String task) throws IOException {
        return new WorkerProcess(jvm(lab, lease, "INFO", Worker.class, List.of(task))
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /**
     * A JVM that runs a program of ours for a lab; where its standard streams go is left to the caller.
     *
     * @param lease how long the lab's servers go on without word from the program; zero, for ever
     * @param log the least level that it logs to its standard error
     * @param arguments what it gets behind the words of its {@link ServerAccess}
     */
    static ProcessBuilder jvm(Lab lab, Duration lease, String log, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Dculvert.log=" + log));
        String archive = System.getProperty("culvert.archive", "");
        if (!archive.isEmpty()) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(ServerAccess.to(lab, lease).words());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(lab.endpoint().environment());
        builder.environment()
                .putAll(Map.of(
                        "TESTCONTAINERS_RYUK_DISABLED", "true",
                        "TESTCONTAINERS_REUSE_ENABLE", "true",
                        "TESTCONTAINERS_CHECKS_DISABLE", "true"));
        return builder;
    }

    @Override
    public void order(WorkerOrder order) throws IOException {
        orders.write(JSON.writeValueAsString(order) + "\n");
        orders.flush();
    }

    @Override
    public WorkerEvent await(Duration silence, Consumer<WorkerEvent.Phase> phases) throws InterruptedException {
        return events.await(silence, phases);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(JSON.readValue(line, WorkerEvent.class));
            }
        } catch (IOException e) {
            events.add(new WorkerEvent.Failed("", "the worker cannot be understood: " + e.getMessage()));
        }
        events.add(new WorkerEvent.Failed("", "the worker ended"));
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
