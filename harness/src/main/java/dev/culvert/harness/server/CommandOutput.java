package dev.culvert.harness.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.culvert.harness.evidence.CommandRecord;
import java.io.ByteArrayOutputStream;

/** Collects what a command prints, and makes its record when the agent tells its ending. */
final class CommandOutput implements ChunkSink {

    private static final int SIGNALLED = 1;
    private static final int TIMED_OUT = 2;
    private static final int TOO_MUCH = 3;
    private static final int EXIT_OF_SIGNAL = 128;

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    @Override
    public void take(int stream, byte[] bytes) {
        (stream == STDOUT ? stdout : stderr).writeBytes(bytes);
    }

    CommandRecord record(Command command, Answer ending) {
        int how = ending.u8();
        int status = ending.u32();
        String errors = stderr.toString(UTF_8);
        if (how == TOO_MUCH) {
            errors += "\nkilled by the agent: it printed more than 16 MiB";
        }
        return new CommandRecord(
                command.place(),
                command.argv(),
                how == SIGNALLED || how == TIMED_OUT || how == TOO_MUCH ? EXIT_OF_SIGNAL + status : status,
                how == TIMED_OUT,
                stdout.toString(UTF_8),
                errors,
                ending.u64(),
                ending.u64());
    }
}
