package dev.culvert.harness.server;

import java.util.List;

/**
 * A part of the kernel's log.
 *
 * @param next sequence number to ask for next time
 * @param records as {@code /dev/kmsg} gives them: {@code priority,sequence,microseconds,flags;text}
 */
public record KernelLog(long next, List<String> records) {

    public KernelLog {
        records = List.copyOf(records);
    }
}
