package dev.culvert.harness.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A process that does not outlive this one, however this one ends.
 *
 * <p>It runs under a small shell that waits for the end of its standard input, which this process holds. The process gets
 * SIGTERM then, and SIGKILL 1.5 s later, as does everything it has started. Should the shell itself be killed, the kernel
 * kills the process (PR_SET_PDEATHSIG).
 */
final class GuardedProcess implements AutoCloseable {

    private static final String GUARD = new Resource("guard-process.sh").text();
    private static final String ENDED = "culvert: ended ";
    private static final int KEPT_LINES = 40;

    private final Process guard;
    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Deque<String> lastLines = new ArrayDeque<>();

    private GuardedProcess(Process guard) {
        this.guard = guard;
    }

    /**
     * Starts a process.
     *
     * @param directory its working directory
     * @param environment variables it gets beside those of this process
     * @param output hears each line that it writes to standard output or standard error
     */
    static GuardedProcess start(
            Path directory, List<String> command, Map<String, String> environment, Consumer<String> output)
            throws IOException {
        List<String> guarded = new ArrayList<>(List.of("setsid", "sh", "-c", GUARD, "culvert-process"));
        guarded.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(guarded).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        GuardedProcess process = new GuardedProcess(builder.start());
        Thread reader = new Thread(() -> process.read(output), "culvert-output-" + command.get(0));
        reader.setDaemon(true);
        reader.start();
        return process;
    }

    private void read(Consumer<String> output) {
        int exit = -1;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(guard.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith(ENDED)) {
                    exit = Integer.parseInt(line.substring(ENDED.length()));
                    break;
                }
                if (!line.isBlank()) {
                    remember(line);
                    output.accept(line);
                }
            }
        } catch (IOException e) {
            remember(e.toString());
        } finally {
            status.complete(exit);
        }
    }

    private void remember(String line) {
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.removeFirst();
            }
        }
    }

    boolean isAlive() {
        return !status.isDone();
    }

    /** Waits for the process to end, and returns its exit status: 128 + N after signal N, -1 when its guard died. */
    int await() throws InterruptedException {
        try {
            return status.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the last lines it wrote, oldest first. */
    List<String> lastLines() {
        synchronized (lastLines) {
            return List.copyOf(lastLines);
        }
    }

    /** Waits at most {@code limit} for the process to end by itself, and tells whether it has. */
    boolean endsWithin(Duration limit) throws InterruptedException {
        try {
            status.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process, with everything it has started. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            // The guard is gone already, and with it the process.
        }
        try {
            if (!guard.waitFor(5, TimeUnit.SECONDS)) {
                guard.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
