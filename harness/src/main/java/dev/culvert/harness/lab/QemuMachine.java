package dev.culvert.harness.lab;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A running QEMU and the lines that lead to it: machine protocol, guest control, console. */
final class QemuMachine implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration MIGRATION = Duration.ofMinutes(1);
    private static final Duration CONTROL = Duration.ofSeconds(20);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Set<String> MIGRATED = Set.of("completed", "failed");
    private static final int CONSOLE_LINES = 12;
    private static final Pattern FORWARD =
            Pattern.compile("TCP\\[HOST_FORWARD]\\s+\\d+\\s+127\\.0\\.0\\.1\\s+(\\d+)\\s");

    private final GuardedDirectory directory;
    private final GuardedProcess process;
    private final Qmp qmp;
    private final LineSocket control;
    private boolean settingClock;

    private QemuMachine(GuardedDirectory directory, GuardedProcess process, Qmp qmp, LineSocket control) {
        this.directory = directory;
        this.process = process;
        this.qmp = qmp;
        this.control = control;
    }

    /**
     * Starts QEMU in a directory of its own.
     *
     * @param template the directory that the command knows as {@code template}
     * @throws LabUnavailable when QEMU ends or does not answer; with its own words
     */
    static QemuMachine start(List<String> command, Path template)
            throws IOException, LabUnavailable, InterruptedException {
        GuardedDirectory directory = GuardedDirectory.temporary();
        GuardedProcess process = null;
        try {
            Files.createSymbolicLink(directory.path().resolve("template"), template.toAbsolutePath());
            process = GuardedProcess.start(directory.path(), command, Map.of(), line -> {});
            Qmp qmp = new Qmp(connect(directory.path().resolve("qmp"), process));
            LineSocket control = connect(directory.path().resolve("control"), process);
            return new QemuMachine(directory, process, qmp, control);
        } catch (IOException | LabUnavailable | InterruptedException e) {
            if (process != null) {
                process.close();
            }
            directory.close();
            throw e;
        }
    }

    private static LineSocket connect(Path socket, GuardedProcess process)
            throws IOException, LabUnavailable, InterruptedException {
        // The socket is a file before anybody listens on it: only a connection tells.
        AtomicReference<@Nullable LineSocket> connection = new AtomicReference<>();
        boolean listens = new Patience(START, BETWEEN_LOOKS).until(() -> {
            try {
                connection.set(LineSocket.connect(socket));
                return true;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new LabUnavailable(
                            QemuCommand.PROGRAM, "ended at once: " + String.join(" / ", process.lastLines()));
                }
                return false;
            }
        });
        return listens ? Objects.requireNonNull(connection.get()) : LineSocket.connect(socket);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the last lines that QEMU itself wrote; none as long as it is content. */
    List<String> lastWords() {
        return process.lastLines();
    }

    /** What there is to say of a machine that did not go on: QEMU's last words and the end of its console. */
    String testament() {
        List<String> said = new ArrayList<>(lastWords());
        said.addAll(console().lastLines(CONSOLE_LINES));
        return said.isEmpty() ? "; neither QEMU nor the kernel said anything" : "\n    " + String.join("\n    ", said);
    }

    KernelConsole console() {
        return new KernelConsole(directory.path().resolve("console"));
    }

    /** Returns where the engine's port is on this host. */
    URI engine() throws IOException {
        String table = qmp.execute("human-monitor-command", Map.of("command-line", "info usernet"))
                .asText();
        Matcher forward = FORWARD.matcher(table);
        if (!forward.find()) {
            throw new IOException("QEMU forwards no port: \"" + table.strip() + "\"");
        }
        return URI.create("tcp://127.0.0.1:" + forward.group(1));
    }

    Path directory() {
        return directory.path();
    }

    /** Stops the guest's processors. */
    void pause() throws IOException {
        qmp.execute("stop", Map.of());
    }

    /** Pauses the machine, keeps its devices' state in {@code template/state}, and ends it; its memory is a file already. */
    void keep() throws IOException, InterruptedException {
        pause();
        ignoreSharedMemory();
        qmp.execute("migrate", Map.of("uri", "exec:cat > template/state"));
        awaitMigration();
        qmp.execute("quit", Map.of());
        if (!process.endsWithin(Duration.ofSeconds(10))) {
            throw new IOException("QEMU does not quit");
        }
    }

    /** Goes on from the state that {@link #keep} kept. */
    void resume() throws IOException, InterruptedException {
        ignoreSharedMemory();
        qmp.execute("migrate-incoming", Map.of("uri", "exec:cat template/state"));
        awaitMigration();
        qmp.execute("cont", Map.of());
    }

    private void ignoreSharedMemory() throws IOException {
        qmp.execute(
                "migrate-set-capabilities",
                Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true))));
    }

    private void awaitMigration() throws IOException, InterruptedException {
        new Patience(MIGRATION, BETWEEN_LOOKS).until(() -> MIGRATED.contains(migration()));
        String status = migration();
        if (!status.equals("completed")) {
            throw new IOException("QEMU does not move the machine's state: status \"%s\" %s"
                    .formatted(status, String.join(" / ", process.lastLines())));
        }
    }

    private String migration() throws IOException {
        return qmp.execute("query-migrate", Map.of()).path("status").asText("none");
    }

    /** Asks the guest to set its clock to this host's: that of a fork stands where its template was paused. {@link #awaitClock} is next. */
    void tellTime() throws IOException {
        Instant now = Instant.now();
        tell("clock %d.%09d".formatted(now.getEpochSecond(), now.getNano()));
        settingClock = true;
    }

    /** Waits until the guest has set its clock, unless it has already. */
    void awaitClock() throws IOException {
        if (!settingClock) {
            return;
        }
        settingClock = false;
        String answer = control.receive(CONTROL);
        if (!answer.equals("ok")) {
            throw new IOException("the guest does not set its clock: \"" + answer + "\"");
        }
    }

    /** Sends one request to the guest's init and returns its answer. */
    String ask(String request) throws IOException {
        tell(request);
        return control.receive(CONTROL);
    }

    /** Sends one request to the guest's init whose answer is received later, or never. */
    void tell(String request) throws IOException {
        control.send(request);
    }

    @Override
    public void close() {
        process.close();
        directory.close();
        for (AutoCloseable line : List.of(qmp, control)) {
            try {
                line.close();
            } catch (Exception e) {
                // QEMU has closed the other end already.
            }
        }
    }
}
