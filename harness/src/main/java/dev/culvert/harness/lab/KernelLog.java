package dev.culvert.harness.lab;

import dev.culvert.harness.lab.KernelComplaint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a kernel's console text for complaints.
 *
 * <p>The wordings are those of {@code kernel/panic.c}, {@code arch/x86/kernel/dumpstack.c}, {@code
 * arch/x86/kernel/traps.c}, {@code kernel/watchdog.c}, {@code kernel/hung_task.c}, {@code kernel/rcu/tree_stall.h}, {@code
 * net/core/dev.c} and {@code mm/oom_kill.c} of Linux 6.1 and 6.12.
 */
public final class KernelLog {

    private static final int MOST_LINES_OF_A_TRACE = 80;
    private static final int LINES_WITHOUT_AN_END = 25;

    // "[    4.034065] " or, with CONFIG_PRINTK_CALLER, "[    4.034065][  T123] "; "<4>" with levels shown.
    private static final Pattern PREFIX = Pattern.compile("^(?:<\\d+>)?(?:\\[ *\\d+\\.\\d+])?(?:\\[ *[TC]\\d+])? ?");

    private record Opening(Kind kind, Pattern line) {
        Opening(Kind kind, String regex) {
            this(kind, Pattern.compile(regex));
        }
    }

    // The first that matches names the complaint.
    private static final List<Opening> OPENINGS = List.of(
            new Opening(Kind.PANIC, "^Kernel panic - not syncing"),
            new Opening(
                    Kind.OOPS,
                    "^(Oops: |BUG: unable to handle|BUG: kernel NULL pointer|general protection fault|divide error: |stack segment: |int3: |invalid opcode: |double fault: )"),
            new Opening(Kind.LOCKUP, "^(watchdog: )?(BUG: soft lockup|Watchdog detected hard LOCKUP)"),
            new Opening(Kind.BUG, "^(BUG: |kernel BUG at |UBSAN: |KFENCE: )"),
            new Opening(Kind.WARNING, "^WARNING: "),
            new Opening(Kind.RCU_STALL, "^rcu: INFO: \\S+ (self-)?detected (expedited )?stalls? "),
            new Opening(Kind.HUNG_TASK, "^INFO: task .* blocked for more than "),
            new Opening(Kind.REFERENCE_LEAK, "^unregister_netdevice: waiting for "),
            new Opening(Kind.OUT_OF_MEMORY, "^(Out of memory: |Memory cgroup out of memory: )"));

    private final List<String> lines;

    private KernelLog(List<String> lines) {
        this.lines = lines;
    }

    /** Returns the complaints in a console text, in order; a trace that only goes on with one is part of it. */
    public static List<KernelComplaint> complaints(String console) {
        return new KernelLog(console.lines().toList()).complaints();
    }

    private List<KernelComplaint> complaints() {
        List<KernelComplaint> complaints = new ArrayList<>();
        int index = 0;
        while (index < lines.size()) {
            Optional<Kind> kind = kindOpenedBy(lines.get(index));
            if (kind.isEmpty()) {
                index++;
                continue;
            }
            int start = index > 0 && lines.get(index - 1).contains("[ cut here ]") ? index - 1 : index;
            int end = endOfTrace(index, kind.get());
            complaints.add(new KernelComplaint(
                    kind.get(), withoutPrefix(lines.get(index)), String.join("\n", lines.subList(start, end))));
            index = end;
        }
        return List.copyOf(complaints);
    }

    /** Returns the index after the last line of the complaint that begins at {@code start}. */
    private int endOfTrace(int start, Kind kind) {
        if (kind == Kind.REFERENCE_LEAK || kind == Kind.OUT_OF_MEMORY) {
            return start + 1;
        }
        int limit = Math.min(lines.size(), start + MOST_LINES_OF_A_TRACE);
        for (int index = start + 1; index < limit; index++) {
            String line = lines.get(index);
            if (line.contains("---[ end ") || line.contains("] Rebooting in ")) {
                return index + 1;
            }
            if (line.contains("[ cut here ]")
                    || kindOpenedBy(line).filter(next -> !goesOn(kind, next)).isPresent()) {
                return index;
            }
        }
        return Math.min(lines.size(), start + LINES_WITHOUT_AN_END);
    }

    /** Tells whether a line of one kind is part of a trace: a fault is reported by several such lines in a row. */
    private static boolean goesOn(Kind trace, Kind line) {
        return (trace == Kind.OOPS || trace == Kind.BUG) && (line == Kind.OOPS || line == Kind.BUG);
    }

    private static Optional<Kind> kindOpenedBy(String line) {
        String text = withoutPrefix(line);
        return OPENINGS.stream()
                .filter(opening -> opening.line().matcher(text).find())
                .map(Opening::kind)
                .findFirst();
    }

    private static String withoutPrefix(String line) {
        return PREFIX.matcher(line).replaceFirst("");
    }
}
