package dev.culvert.harness.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.culvert.harness.lab.KernelComplaint;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelLogTest {

    @Test
    void showsRecordsAsAConsoleDoesWithoutTheirDictionary() {
        // Given
        KernelLog log = new KernelLog(
                341,
                List.of(
                        "6,339,5140900,-;NET: Registered PF_MPLS protocol family\n SUBSYSTEM=net\n",
                        "4,340,121340000,c;t1: mtu; changed\n"));

        // When
        String console = log.asConsole();

        // Then
        assertThat(console)
                .isEqualTo("[    5.140900] NET: Registered PF_MPLS protocol family\n[  121.340000] t1: mtu; changed");
    }

    @Test
    void leavesWarningsWhereTheyAreFound() {
        KernelLog log = new KernelLog(
                12,
                List.of(
                        "4,10,1000000,-;------------[ cut here ]------------\n",
                        "4,11,1000001,-;WARNING: CPU: 0 PID: 9 at net/core/dev.c:1 free_netdev+0x1/0x2\n"));

        List<KernelComplaint> complaints = dev.culvert.harness.lab.KernelLog.complaints(log.asConsole());

        assertThat(complaints).extracting(KernelComplaint::kind).containsExactly(KernelComplaint.Kind.WARNING);
    }
}
