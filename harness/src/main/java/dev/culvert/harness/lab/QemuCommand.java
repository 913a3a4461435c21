package dev.culvert.harness.lab;

import dev.culvert.topologies.ServerName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a lab's machine.
 *
 * <p>All paths are relative to the machine's working directory, in which {@code template} leads to the template's files.
 * So the line is the same for all labs of a kind, no path needs QEMU's quoting, and the line is part of what a template
 * is known by.
 *
 * @param accelerator what executes the guest
 * @param processors how many the guest has
 */
record QemuCommand(Accelerator accelerator, int processors) {

    static final String PROGRAM = "qemu-system-x86_64";

    /** The guest's memory. The engine, three servers and the captures of a bulk transfer fit. */
    static final int MEMORY_MIB = 1536;

    private static final int ENGINE_PORT = 2376;

    private static String version = "";

    // rcu_expedited: a network namespace is made and removed in milliseconds instead of tenths of a second.
    // rcu_cpu_stall_timeout: an emulated processor may have to wait for long until a busy host lets it run.
    // panic=1 with -no-reboot: a kernel that panics ends its QEMU.
    // The rest takes out what guards or accounts for a machine that strangers use, which would be emulated too.
    // What finds faults of the kernel under test (hardened_usercopy and the like) stays.
    private static final String KERNEL_LINE = "console=ttyS0 panic=1 tsc=reliable cryptomgr.notests "
            + "random.trust_cpu=on rcupdate.rcu_expedited=1 rcupdate.rcu_cpu_stall_timeout=120 mitigations=off "
            + "init_on_alloc=0 randomize_kstack_offset=0 cgroup_disable=memory psi=0 audit=0 lsm=";

    /** Returns what the QEMU of this machine says it is: the first line of {@code --version}. It is asked once: its start takes a while. */
    static synchronized String version() throws IOException {
        if (version.isEmpty()) {
            Process qemu = new ProcessBuilder(PROGRAM, "--version")
                    .redirectErrorStream(true)
                    .start();
            version = new String(qemu.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("unknown");
        }
        return version;
    }

    /** Returns the command that boots a machine whose memory is the template's, to be kept. */
    List<String> boot() {
        return command(true, "template/image", List.of());
    }

    /** Returns the command that waits for a template's state, on a private copy of its memory. */
    List<String> fork() {
        return command(false, "template/stub", List.of("-incoming", "defer"));
    }

    private List<String> command(boolean memoryShared, String kernel, List<String> more) {
        List<String> command = new ArrayList<>(machine(accelerator, MEMORY_MIB));
        command.addAll(List.of(
                "-smp",
                Integer.toString(processors),
                "-machine",
                "memory-backend=memory",
                "-object",
                "memory-backend-file,id=memory,size=%dM,mem-path=template/memory,share=%s"
                        .formatted(MEMORY_MIB, memoryShared ? "on" : "off"),
                "-kernel",
                kernel,
                "-initrd",
                "template/initramfs",
                "-append",
                KERNEL_LINE,
                // No way out of the guest, and one way in.
                "-netdev",
                "user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:0-:" + ENGINE_PORT,
                "-device",
                "virtio-net-pci,netdev=net,romfile=",
                // A fork must not share its random state with another: a new generation makes the kernel reseed.
                "-device",
                "vmgenid,guid=auto",
                "-device",
                "virtio-rng-pci",
                "-serial",
                "file:console",
                "-chardev",
                "socket,id=control,path=control,server=on,wait=off",
                "-serial",
                "chardev:control",
                "-qmp",
                "unix:qmp,server=on,wait=off"));
        // A way to each agent past the engine, which takes most of a command's time otherwise.
        // Without ioeventfd the processor that writes hands its bytes over itself, no thread has to wake up.
        command.addAll(List.of("-device", "virtio-serial-pci,ioeventfd=off"));
        for (ServerName server : ServerName.values()) {
            String port = AgentPorts.name(server);
            command.addAll(List.of("-chardev", "socket,id=%1$s,path=%1$s,server=on,wait=off".formatted(port)));
            command.addAll(List.of("-device", "virtserialport,chardev=%1$s,name=%1$s".formatted(port)));
        }
        for (String disk : List.of("root.squashfs", "modules.squashfs", "configuration.tar")) {
            command.addAll(
                    List.of("-drive", "if=none,id=%1$s,file=template/%1$s,format=raw,readonly=on".formatted(disk)));
            command.addAll(List.of("-device", "virtio-blk-pci,drive=" + disk));
        }
        command.addAll(more);
        return List.copyOf(command);
    }

    /** Returns the command that only shows whether a kernel reaches its first program; the paths are absolute. */
    static List<String> probe(Accelerator accelerator, KernelImage kernel) {
        List<String> command = new ArrayList<>(machine(accelerator, 512));
        command.addAll(List.of(
                "-kernel",
                kernel.image().toString(),
                "-initrd",
                kernel.initramfs().toString(),
                "-append",
                "console=ttyS0 panic=1 culvert.probe",
                "-serial",
                "file:console"));
        return List.copyOf(command);
    }

    private static List<String> machine(Accelerator accelerator, int memoryMib) {
        List<String> command = new ArrayList<>(List.of(
                PROGRAM,
                "-nodefaults",
                "-no-user-config",
                "-display",
                "none",
                "-no-reboot",
                "-machine",
                "q35,hpet=off",
                "-m",
                memoryMib + "M"));
        command.addAll(accelerator.arguments());
        return command;
    }
}
