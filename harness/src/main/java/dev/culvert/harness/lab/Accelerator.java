package dev.culvert.harness.lab;

import java.util.List;

/** What executes the guest's instructions. */
public enum Accelerator {
    /** The processor itself, through the host's kernel. */
    KVM("kvm", "host"),

    /**
     * QEMU's translator. The processor has no AVX: translated, its string and checksum routines are several times
     * slower than those for SSE (measured: TCP between two namespaces 4.4 Gbit/s, with {@code max} 1.0). It has no CMPXCHG16B, with which the kernel allocates
     * memory: before 8.0 QEMU makes the flags of an operand left over from an earlier instruction (helper_cmpxchg16b_unlocked in target/i386/tcg/mem_helper.c reads a
     * cc_op that gen_cmpxchg16b has not stored). An interrupt right behind it brings them back, and the kernel dies of a double fault or goes on with string
     * instructions that run backwards.
     */
    TCG("tcg,thread=multi", "qemu64,+rdrand,+ssse3,+sse4.1,+sse4.2,+popcnt,+aes,+pclmulqdq,-cx16");

    private final String option;
    private final String processor;

    Accelerator(String option, String processor) {
        this.option = option;
        this.processor = processor;
    }

    List<String> arguments() {
        return List.of("-accel", option, "-cpu", processor);
    }
}
