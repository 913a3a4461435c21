package dev.culvert.harness.lab;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an emulator does to a kernel that is none of the kernel's doing. TCG goes on, on one emulated processor, to execute a breakpoint that another has
 * already taken back: the kernel sets one while it patches its own code and knows of it only until then (text_poke_bp_batch and
 * poke_int3_handler in arch/x86/kernel/alternative.c), and so takes it for nobody's. The code that the oops shows tells it from a breakpoint that stands
 * there, which is the kernel's own fault: before the byte at which the processor would have gone on is the instruction that was patched in, and no longer 0xcc.
 */
public final class EmulatorFault {

    /** {@code Oops: int3: 0000 [#1] PREEMPT SMP NOPTI}; older kernels leave out the first word. */
    private static final Pattern BREAKPOINT_OF_NOBODY = Pattern.compile("(?:Oops: )?int3: 0000 .*");

    /** {@code Code: … 89 fb 66 <90> 48 …}: the byte in brackets is behind the one that was executed (show_opcodes in arch/x86/kernel/dumpstack.c). */
    private static final Pattern NO_BREAKPOINT_THERE =
            Pattern.compile("Code:(?: [0-9a-f]{2})* (?!cc)[0-9a-f]{2} <[0-9a-f]{2}>");

    private EmulatorFault() {}

    /** The complaint that tells of it, if one of these does. */
    public static Optional<KernelComplaint> in(List<KernelComplaint> complaints) {
        return complaints.stream()
                .filter(complaint -> BREAKPOINT_OF_NOBODY
                                .matcher(complaint.firstLine())
                                .matches()
                        && NO_BREAKPOINT_THERE.matcher(complaint.excerpt()).find())
                .findFirst();
    }
}
