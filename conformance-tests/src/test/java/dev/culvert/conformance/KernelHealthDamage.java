package dev.culvert.conformance;

import dev.culvert.harness.evidence.Evidence;

final class KernelHealthDamage {

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
}
