package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorFaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[   44.103425] Oops: int3: 0000 [#1] PREEMPT SMP NOPTI",
                "[   44.103425] int3: 0000 [#1] PREEMPT SMP NOPTI"
            })
    void isABreakpointThatNobodySet(String line) {
        // mov %edi,%ebx; two bytes of nothing, the second in brackets; mov $0xffffffffb2cbef70,%rsi
        List<KernelComplaint> complaints = oops(line, "89 fb 66 <90> 48 c7 c6 70 ef cb b2");

        assertThat(EmulatorFault.in(complaints))
                .hasValueSatisfying(fault -> assertThat(fault.excerpt()).contains("fnhe_hashfun"));
    }

    @Test
    void isNoBreakpointThatStandsThere() {
        // ret, and what the compiler puts behind it
        List<KernelComplaint> complaints =
                oops("[   44.103425] Oops: int3: 0000 [#1] PREEMPT SMP NOPTI", "c3 cc <cc> cc cc");

        assertThat(complaints).hasSize(1);
        assertThat(EmulatorFault.in(complaints)).isEmpty();
    }

    @Test
    void isNoBreakpointAtAPlaceThatIsNotShown() {
        List<KernelComplaint> complaints = oops(
                "[   44.103425] Oops: int3: 0000 [#1] PREEMPT SMP NOPTI",
                "Unable to access opcode bytes at 0xffffffffb2012345.");

        assertThat(complaints).hasSize(1);
        assertThat(EmulatorFault.in(complaints)).isEmpty();
    }

    @Test
    void isNoOopsOfTheKernelsOwn() {
        List<KernelComplaint> complaints = KernelLog.complaints("""
                [   63.104512] BUG: kernel NULL pointer dereference, address: 0000000000000010
                [   63.104515] Oops: 0000 [#1] PREEMPT SMP NOPTI
                [   63.104520] RIP: 0010:ip_tunnel_rcv+0x43c/0x4b0
                [   63.104530] ---[ end trace 0000000000000000 ]---
                """);

        assertThat(complaints).isNotEmpty();
        assertThat(EmulatorFault.in(complaints)).isEmpty();
    }

    private static List<KernelComplaint> oops(String firstLine, String code) {
        return KernelLog.complaints("""
                %s
                [   44.104011] CPU: 0 UID: 0 PID: 400 Comm: perl Not tainted 6.12.118+deb13-amd64 #1  Debian 6.12.118-1
                [   44.104271] RIP: 0010:fnhe_hashfun+0x1c/0xb0
                [   44.110191] Code: %s
                [   44.115024] ---[ end trace 0000000000000000 ]---
                """.formatted(firstLine, code));
    }
}
