package dev.culvert.harness.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.culvert.topologies.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A shell at a place of a lab, for a person at a terminal or for commands that are piped in. */
public final class ShellSession {

    private static final Duration LIMIT = Duration.ofHours(12);
    private static final int INPUT_LIMIT = 100_000;

    private final Servers servers;
    private final Place place;

    public ShellSession(Servers servers, Place place) {
        this.servers = servers;
        this.place = place;
    }

    /**
     * Runs a shell on a text of commands and hands on what it prints as it comes.
     *
     * @return its exit status
     */
    public int run(InputStream commands, PrintStream out, PrintStream err) throws IOException {
        byte[] text = commands.readNBytes(INPUT_LIMIT + 1);
        if (text.length > INPUT_LIMIT) {
            throw new IOException(
                    "more than " + INPUT_LIMIT + " bytes of commands; copy a script to the server in parts");
        }
        Command shell = Command.at(place, "bash", "-s")
                .withInput(new String(text, StandardCharsets.UTF_8))
                .withTimeout(LIMIT);
        return AgentConnection.join(servers.get(place).begin(shell, (stream, bytes) -> {
                    PrintStream to = stream == ChunkSink.STDOUT ? out : err;
                    to.writeBytes(bytes);
                    to.flush();
                }))
                .exit();
    }

    /**
     * Connects a shell with a terminal of this process, which is raw meanwhile and then as it was.
     *
     * @param in what is typed
     * @param out what is shown
     * @return the shell's exit status
     */
    @SuppressWarnings("try") // Raw is only held.
    public int run(Terminal terminal, InputStream in, PrintStream out) throws IOException, InterruptedException {
        DockerClient engine = PatientEngine.client();
        String exec = engine.execCreateCmd(servers.container(place))
                .withAttachStdin(true)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withTty(true)
                .withEnv(List.of("TERM=" + terminal.type(), "PS1=" + place.id() + "# "))
                .withCmd(argv().toArray(String[]::new))
                .exec()
                .getId();
        try (Terminal.Raw raw = terminal.raw()) {
            ResultCallback.Adapter<Frame> session =
                    engine.execStartCmd(exec).withTty(true).withStdIn(in).exec(new Printing(out));
            terminal.followSize(size -> engine.resizeExecCmd(exec)
                    .withSize(size.rows(), size.columns())
                    .exec());
            session.awaitCompletion();
        }
        return engine.inspectExecCmd(exec).exec().getExitCodeLong().intValue();
    }

    private List<String> argv() {
        List<String> argv = new ArrayList<>();
        if (place.isNamespace()) {
            argv.addAll(List.of("ip", "netns", "exec", place.id()));
        }
        argv.addAll(List.of("bash", "--noprofile", "--norc", "-i"));
        return argv;
    }

    private static final class Printing extends ResultCallback.Adapter<Frame> {

        private final PrintStream out;

        Printing(PrintStream out) {
            this.out = out;
        }

        @Override
        public void onNext(Frame frame) {
            out.writeBytes(frame.getPayload());
            out.flush();
        }
    }
}
