package dev.culvert.harness.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A fork of a {@link QemuTemplate}: a machine of one's own, with everything the template had running. */
public final class QemuLab implements Lab {

    private static final Duration FIRST_ANSWER = Duration.ofMinutes(1);

    private final QemuMachine machine;
    private final DockerEndpoint endpoint;
    private final NodeImage nodeImage;
    private final Optional<Path> agentPorts;

    QemuLab(QemuMachine machine, DockerEndpoint endpoint, NodeImage nodeImage, Optional<Path> agentPorts) {
        this.machine = machine;
        this.endpoint = endpoint;
        this.nodeImage = nodeImage;
        this.agentPorts = agentPorts;
    }

    QemuMachine machine() {
        return machine;
    }

    @Override
    public DockerEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public NodeImage nodeImage() {
        return nodeImage;
    }

    @Override
    public Optional<Path> agentPorts() {
        return agentPorts;
    }

    @Override
    public void go() throws LabUnavailable, InterruptedException {
        try {
            machine.resume();
            machine.tellTime();
        } catch (IOException e) {
            throw new LabUnavailable("going on", e.getMessage() + machine.testament());
        }
    }

    @Override
    public void awaitServers() throws LabUnavailable, InterruptedException {
        if (agentPorts.isEmpty()) {
            awaitEngine();
        } else {
            awaitClock();
        }
    }

    @Override
    public void awaitEngine() throws LabUnavailable, InterruptedException {
        try {
            new DockerEngine(endpoint).await(FIRST_ANSWER, machine::isAlive);
        } catch (IOException e) {
            throw new LabUnavailable("keys of the engine at " + endpoint.host(), String.valueOf(e.getMessage()));
        }
        awaitClock();
    }

    /** The guest sets its clock in a fifth of a second, in which its engine or a worker can get ready. */
    private void awaitClock() throws LabUnavailable {
        try {
            machine.awaitClock();
        } catch (IOException e) {
            throw new LabUnavailable("clock of the guest", e.getMessage() + machine.testament());
        }
    }

    @Override
    public Optional<KernelConsole> console() {
        return Optional.of(machine.console());
    }

    @Override
    public LabHealth health(Duration limit) {
        try {
            new DockerEngine(endpoint).ping(limit);
            return new LabHealth.Answering();
        } catch (IOException e) {
            List<KernelComplaint> complaints = machine.console().complaints();
            String said = complaints.isEmpty()
                    ? "the kernel said nothing"
                    : "the kernel said: "
                            + complaints.get(complaints.size() - 1).firstLine();
            return machine.isAlive()
                    ? new LabHealth.Hung(e.getMessage() + "; " + said)
                    : new LabHealth.Ended("the machine ended; " + said);
        }
    }

    /** Makes the kernel panic, so that it can be seen what follows ({@code Documentation/admin-guide/sysrq.rst}, command c). */
    public void panic() throws IOException {
        machine.tell("sysrq c");
    }

    @Override
    public void close() {
        machine.close();
    }
}
