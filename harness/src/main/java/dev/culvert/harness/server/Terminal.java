package dev.culvert.harness.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The terminal that this process has as its standard input, set by stty. */
public record Terminal(Map<String, String> environment) {

    private static final Logger LOG = LoggerFactory.getLogger(Terminal.class);
    private static final long LOOK_EVERY_MILLIS = 1000;

    /** How many characters fit. */
    record Size(int rows, int columns) {}

    /** The terminal while it is raw: every key goes to whoever reads, none to this machine. Closing it sets it back. */
    static final class Raw implements AutoCloseable {

        private final String before;
        private final Thread atExit = new Thread(this::restore, "culvert-terminal-restore");

        private Raw() throws IOException {
            before = stty("-g");
            Runtime.getRuntime().addShutdownHook(atExit);
            stty("raw", "-echo");
        }

        private void restore() {
            try {
                stty(before);
            } catch (IOException e) {
                LOG.error("the terminal cannot be set back; `reset` does it", e);
            }
        }

        @Override
        public void close() {
            Runtime.getRuntime().removeShutdownHook(atExit);
            restore();
        }
    }

    /** What kind of terminal it is, as terminfo names it. */
    String type() {
        return environment.getOrDefault("TERM", "dumb");
    }

    Raw raw() throws IOException {
        return new Raw();
    }

    /** Tells the size now, and whenever it has changed. Java hears no SIGWINCH, so it looks every second. */
    void followSize(Consumer<Size> told) {
        new Timer("culvert-terminal-size", true).schedule(new Looking(told), 0, LOOK_EVERY_MILLIS);
    }

    private static final class Looking extends TimerTask {

        private final Consumer<Size> told;
        private String last = "";

        Looking(Consumer<Size> told) {
            this.told = told;
        }

        @Override
        public void run() {
            try {
                String now = stty("size");
                if (!now.equals(last)) {
                    String[] words = now.split(" ", -1);
                    told.accept(new Size(Integer.parseInt(words[0]), Integer.parseInt(words[1])));
                    last = now;
                }
            } catch (IOException gone) {
                cancel();
            }
        }
    }

    private static String stty(String... arguments) throws IOException {
        List<String> argv = new ArrayList<>(List.of("stty"));
        argv.addAll(List.of(arguments));
        Process process = new ProcessBuilder(argv)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", argv) + ": " + printed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return printed;
    }
}
