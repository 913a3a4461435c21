package dev.culvert.harness.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * A machine that was booted once, prepared, paused and kept; it is forked for each use.
 *
 * <p>A fork maps the template's memory copy-on-write and takes over the state of its devices, so it begins in the middle
 * of the template's life: engine up, servers running. Forks do not see each other, and any number may run.
 */
public final class QemuTemplate {

    private static final BundledScript CONFIGURATION = new BundledScript("configuration.sh");
    private static final Resource GUEST_INIT = new Resource("guest-init");
    private static final Resource GUEST_CONTROL = new Resource("guest-control");

    /** A file that a template has whose guest has the ports of the agents. */
    private static final String PORTS = "ports";

    private static final int BOOTS = 2;

    /**
     * What a fork gets of the kernel's image: its kernel is in memory already, but QEMU wants one with a header, and takes a twentieth of a
     * second to read a whole one. The setup code has 64 sectors at most (Documentation/arch/x86/boot.rst).
     */
    private static final int STUB_BYTES = 1 << 16;

    private final QemuCommand command;
    private final Path directory;
    private final NodeImage nodeImage;
    private final String kernelVersion;

    private QemuTemplate(QemuCommand command, Path directory, NodeImage nodeImage, String kernelVersion) {
        this.command = command;
        this.directory = directory;
        this.nodeImage = nodeImage;
        this.kernelVersion = kernelVersion;
    }

    /**
     * Returns the template of a kernel on a machine of so many processors; builds images, boots and prepares what the cache does not
     * have. Preparing can fail on a busy machine, so it is tried a second time from the boot on.
     *
     * @throws KernelDidNotBoot when the kernel does not reach its first program within a minute, under an emulator twice
     * @throws LabUnavailable when this machine lacks something, or the engine does not come up; with what was tried
     */
    public static QemuTemplate ensure(
            LabCache cache, KernelChoice kernel, int processors, LabPreparer preparer, Progress progress)
            throws LabException, InterruptedException {
        new HostTools(System.getenv()).require(cache.root());
        try {
            LabImages images = LabImages.ensure(cache, kernel, progress);
            AcceleratorReport accelerator = new AcceleratorProbe(cache).probe(images.kernel(), progress);
            QemuCommand command = new QemuCommand(accelerator.accelerator(), processors);
            String key = new Fingerprint()
                    .add(images.root().entry().identity())
                    .add(images.kernel().entry().identity())
                    .add(QemuCommand.version())
                    .add(String.join("\n", command.boot()))
                    .add(String.join("\n", command.fork()))
                    .add(GUEST_INIT.text())
                    .add(GUEST_CONTROL.text())
                    .add(CONFIGURATION.script().text())
                    .add(preparer.key())
                    .key();
            NodeImage nodeImage = images.root().nodeImage();
            LabCache.Entry entry = cache.ensure("template", key, directory -> {
                fill(directory, images, progress);
                Attempts.untilOneSucceeds(BOOTS, "boot of the template", () -> {
                    boot(command, directory, images, preparer, progress);
                    return directory;
                });
            });
            return new QemuTemplate(
                    command, entry.directory(), nodeImage, images.kernel().version());
        } catch (IOException e) {
            throw new LabUnavailable("cache \"" + cache.root() + "\"", String.valueOf(e.getMessage()));
        }
    }

    /** Returns the version of the kernel under test, as {@code uname -r} has it. */
    public String kernelVersion() {
        return kernelVersion;
    }

    /** Returns what executes the guest. */
    public Accelerator accelerator() {
        return command.accelerator();
    }

    /** Returns how many processors the guest has. */
    public int processors() {
        return command.processors();
    }

    /**
     * Starts a machine that will go on where the template was paused, with the right time and a generation of its own, once it is told
     * to: {@link QemuLab#go()}. Whoever needs its engine waits for it then: {@link QemuLab#awaitEngine()}.
     *
     * @throws LabUnavailable when there is no machine, with what it said
     */
    public QemuLab fork() throws LabException, InterruptedException {
        try {
            return lab(QemuMachine.start(command.fork(), directory), directory, nodeImage);
        } catch (IOException e) {
            throw new LabUnavailable("fork of the template", String.valueOf(e.getMessage()));
        }
    }

    private static QemuLab lab(QemuMachine machine, Path directory, NodeImage nodeImage) throws IOException {
        try {
            Optional<Path> ports =
                    Files.exists(directory.resolve(PORTS)) ? Optional.of(machine.directory()) : Optional.empty();
            DockerEndpoint endpoint = new DockerEndpoint(machine.engine(), directory.resolve("client"));
            return new QemuLab(machine, endpoint, nodeImage, ports);
        } catch (IOException e) {
            machine.close();
            throw e;
        }
    }

    /** Writes the files that the machine reads. */
    private static void fill(Path directory, LabImages images, Progress progress)
            throws IOException, LabException, InterruptedException {
        Files.createSymbolicLink(
                directory.resolve("root.squashfs"), images.root().disk());
        Files.createSymbolicLink(
                directory.resolve("modules.squashfs"), images.kernel().modulesDisk());
        Files.createSymbolicLink(directory.resolve("image"), images.kernel().image());
        try (InputStream image = Files.newInputStream(images.kernel().image())) {
            Files.write(directory.resolve("stub"), image.readNBytes(STUB_BYTES));
        }
        Files.createSymbolicLink(directory.resolve("initramfs"), images.kernel().initramfs());
        Path guest = Files.createDirectory(directory.resolve("guest"));
        Path init = Files.writeString(guest.resolve("init"), GUEST_INIT.text());
        Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwxr-xr-x"));
        GUEST_CONTROL.into(guest);
        CONFIGURATION.run(
                List.of(
                        Files.createDirectory(guest.resolve("tls")).toString(),
                        Files.createDirectory(directory.resolve("client")).toString(),
                        guest.toString(),
                        directory.resolve("configuration.tar").toString()),
                progress);
    }

    private static void boot(
            QemuCommand command, Path directory, LabImages images, LabPreparer preparer, Progress progress)
            throws IOException, LabException, InterruptedException {
        progress.phase("booting " + images.kernel().version());
        try (QemuMachine machine = QemuMachine.start(command.boot(), directory)) {
            Boot boot = new Boot(machine, images.kernel().version(), command.accelerator());
            boot.awaitFirstProgram();
            progress.phase("waiting for the Docker engine");
            DockerEndpoint endpoint = new DockerEndpoint(machine.engine(), directory.resolve("client"));
            boot.awaitEngine(endpoint);
            progress.phase("loading the node image");
            NodeImage nodeImage = images.root().nodeImage();
            nodeImage.load(new DockerEngine(endpoint));
            progress.phase("preparing the servers");
            // It may be that of a boot that failed.
            Files.deleteIfExists(directory.resolve(PORTS));
            if (machine.ask("ports").equals("yes")) {
                Files.createFile(directory.resolve(PORTS));
            }
            prepare(preparer, lab(machine, directory, nodeImage));
            progress.phase("keeping the template");
            machine.keep();
        }
    }

    private static void prepare(LabPreparer preparer, Lab lab) throws LabException, InterruptedException {
        try {
            preparer.prepare(lab);
        } catch (LabException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new LabUnavailable("preparing the servers", String.valueOf(e.getMessage()));
        }
    }
}
