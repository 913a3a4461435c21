package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;

final class KernelHealthDamage {

    /** The false alarm of 6.12 over options of Geneve: what the fortified memcpy says, and the warning that goes with it. */
    private static final String MEMCPY = """

            [   99.123455] ------------[ cut here ]------------
            [   99.123456] memcpy: detected field-spanning write (size 20) of single field "info" at include/net/ip_tunnels.h:707 (size 0)
            """;

    static final String FALSE_ALARM = MEMCPY + """
            [   99.123457] WARNING: CPU: 1 PID: 321 at include/net/ip_tunnels.h:707 geneve_udp_encap_recv+0x871/0x890 [geneve]
            [   99.123460] ---[ end trace 0000000000000000 ]---
            """;

    private KernelHealthDamage() {}

    @DamageOf("KERNEL-HEALTH")
    static Evidence kernelWarned(Evidence good) {
        return good.withKernelLog(good.kernelLog()
                + "\n[   99.123456] ------------[ cut here ]------------\n"
                + "[   99.123457] WARNING: CPU: 1 PID: 321 at net/ipv4/ip_tunnel.c:1160 ip_tunnel_dellink+0x61/0x70\n"
                + "[   99.123460] ---[ end trace 0000000000000000 ]---\n");
    }

    @DamageOf("KERNEL-HEALTH")
    static Evidence deviceLeaked(Evidence good) {
        return good.withKernelLog(good.kernelLog()
                + "\n[   99.123456] unregister_netdevice: waiting for t1 to become free. Usage count = 2\n");
    }

    @DamageOf(value = "KERNEL-HEALTH", topology = "geneve-external")
    static Evidence receiverOfGeneveWarnedOfSomethingElse(Evidence good) {
        return good.withKernelLog(good.kernelLog() + FALSE_ALARM + """
                [   99.223456] ------------[ cut here ]------------
                [   99.223457] WARNING: CPU: 1 PID: 321 at drivers/net/geneve.c:371 geneve_udp_encap_recv+0x64/0x890 [geneve]
                """);
    }

    @DamageOf(value = "KERNEL-HEALTH", topology = "geneve-external")
    static Evidence receiverOfGeneveWarnedOfSomethingElseInTheSameFile(Evidence good) {
        return good.withKernelLog(good.kernelLog() + FALSE_ALARM + """
                [   99.223456] ------------[ cut here ]------------
                [   99.223457] WARNING: CPU: 1 PID: 321 at include/net/ip_tunnels.h:190 geneve_udp_encap_recv+0x64/0x890 [geneve]
                """);
    }

    @DamageOf(value = "KERNEL-HEALTH", topology = "geneve-external")
    static Evidence memcpyWarnedInAnotherFunction(Evidence good) {
        return good.withKernelLog(good.kernelLog() + MEMCPY + """
                [   99.123457] WARNING: CPU: 1 PID: 321 at include/net/ip_tunnels.h:707 tun_dst_unclone+0x64/0x890 [geneve]
                [   99.123458]  ? geneve_udp_encap_recv+0x871/0x890 [geneve]
                """);
    }
}
