package dev.culvert.harness.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.lab.KernelComplaint.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelLogTest {

    @Test
    void findsThePanicThatAKernelWasDrivenInto() throws IOException {
        List<KernelComplaint> complaints = KernelLog.complaints(recorded("panic-6.12.txt"));

        assertThat(complaints).singleElement().satisfies(complaint -> {
            assertThat(complaint.kind()).isEqualTo(Kind.PANIC);
            assertThat(complaint.firstLine()).isEqualTo("Kernel panic - not syncing: sysrq triggered crash");
            assertThat(complaint.excerpt()).contains("sysrq_handle_crash").endsWith("Rebooting in 1 seconds..");
        });
    }

    @Test
    void countsAnOopsWithItsTraceOnceAndThePanicAfterItOnItsOwn() throws IOException {
        List<KernelComplaint> complaints = KernelLog.complaints(recorded("oops-6.1.txt"));

        assertThat(complaints).extracting(KernelComplaint::kind).containsExactly(Kind.OOPS, Kind.PANIC);
        assertThat(complaints.get(0).excerpt())
                .startsWith("[   63.104512] BUG: kernel NULL pointer")
                .endsWith("---[ end trace 0000000000000000 ]---");
    }

    @Test
    void tellsComplaintsThatFollowEachOtherApart() throws IOException {
        List<KernelComplaint> complaints = KernelLog.complaints(recorded("warnings.txt"));

        assertThat(complaints)
                .extracting(KernelComplaint::kind)
                .containsExactly(Kind.WARNING, Kind.BUG, Kind.REFERENCE_LEAK, Kind.LOCKUP, Kind.RCU_STALL);
    }

    @Test
    void showsTheLineThatAWarningWasCutFrom() throws IOException {
        KernelComplaint warning = KernelLog.complaints(recorded("warnings.txt")).get(0);

        assertThat(warning.firstLine())
                .isEqualTo(
                        "WARNING: CPU: 1 PID: 512 at net/ipv4/ip_tunnel.c:423 ip_tunnel_rcv+0x43c/0x4b0 [ip_tunnel]");
        assertThat(warning.excerpt()).startsWith("[  101.123450][  T512] ------------[ cut here ]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INFO: task ip:731 blocked for more than 60 seconds. | HUNG_TASK",
                "general protection fault, probably for non-canonical address 0xdead: 0000 [#1] | OOPS",
                "BUG: KASAN: slab-use-after-free in ipip_rcv+0x10/0x20 | BUG",
                "UBSAN: array-index-out-of-bounds in net/ipv4/ip_tunnel.c:10:2 | BUG",
                "WARNING: possible circular locking dependency detected | WARNING",
                "rcu: INFO: rcu_sched self-detected stall on CPU | RCU_STALL",
                "Out of memory: Killed process 812 (dockerd) total-vm:1kB | OUT_OF_MEMORY",
            })
    void knowsTheWordingsOfEachKind(String line, Kind kind) {
        assertThat(KernelLog.complaints("[    1.000000] " + line + "\n"))
                .singleElement()
                .satisfies(complaint -> {
                    assertThat(complaint.kind()).isEqualTo(kind);
                    assertThat(complaint.firstLine()).isEqualTo(line);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ipip: IPv4 and MPLS over IPv4 tunneling driver",
                "random: crng reseeded due to virtual machine fork",
                "hrtimer: interrupt took 63446229 ns",
                "audit: WARNING: said by a program, in the middle of a line",
            })
    void isSilentAboutWhatHealthyKernelsSay(String line) {
        assertThat(KernelLog.complaints("[    1.000000] " + line + "\n")).isEmpty();
    }

    private static String recorded(String name) throws IOException {
        try (InputStream input = KernelLogTest.class.getResourceAsStream(name)) {
            return new String(input.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
