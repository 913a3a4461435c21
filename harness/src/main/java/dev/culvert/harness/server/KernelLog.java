package dev.culvert.harness.server;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A part of the kernel's log.
 *
 * @param next sequence number to ask for next time
 * @param records as {@code /dev/kmsg} gives them: {@code priority,sequence,microseconds,flags;text}
 */
public record KernelLog(long next, List<String> records) {

    private static final int MICROSECONDS = 2;

    public KernelLog {
        records = List.copyOf(records);
    }

    /** The records as a console shows them, one line each: {@code [    4.034065] text}. */
    public String asConsole() {
        return records.stream().map(KernelLog::asConsole).collect(Collectors.joining("\n"));
    }

    /** Lines after the first are a record's dictionary, {@code SUBSYSTEM=net} (Documentation/ABI/testing/dev-kmsg). */
    private static String asConsole(String record) {
        String line = record.lines().findFirst().orElse("");
        int text = line.indexOf(';');
        String[] prefix = line.substring(0, Math.max(0, text)).split(",", -1);
        if (prefix.length <= MICROSECONDS) {
            return line;
        }
        double seconds = Long.parseLong(prefix[MICROSECONDS]) / 1e6;
        return String.format(Locale.ROOT, "[%12.6f] %s", seconds, line.substring(text + 1));
    }
}
