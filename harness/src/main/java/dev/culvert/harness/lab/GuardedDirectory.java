package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A temporary directory that does not outlive this process, however that ends.
 *
 * <p>A small shell waits for the end of its standard input, which this process holds, and then removes the directory.
 */
final class GuardedDirectory implements AutoCloseable {

    private static final String GUARD = new Resource("guard-directory.sh").text();

    private final Path path;
    private final Process guard;

    private GuardedDirectory(Path path, Process guard) {
        this.path = path;
        this.guard = guard;
    }

    /** Makes a directory of a fresh name in the system's directory for temporary files. */
    static GuardedDirectory temporary() throws IOException {
        return guard(Files.createTempDirectory("culvert-"));
    }

    /** Takes charge of an existing directory. */
    static GuardedDirectory guard(Path path) throws IOException {
        // A session of its own: Ctrl-C on the terminal must not reach the guard before it has done its work.
        Process guard = new ProcessBuilder("setsid", "sh", "-c", GUARD, "culvert-directory", path.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new GuardedDirectory(path, guard);
    }

    Path path() {
        return path;
    }

    /** Removes the directory, unless it has been moved away. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            guard.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            // The guard is gone already, and with it the directory.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
