package dev.culvert.harness.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A machine with a kernel, and a Docker engine on it. */
public sealed interface Lab extends AutoCloseable permits QemuLab, DockerLab {

    /** Returns where the engine listens. */
    DockerEndpoint endpoint();

    /** Returns the image that servers are made of; the engine has it. */
    NodeImage nodeImage();

    /**
     * Makes a lab that was just opened go on. Where it is and how it is come by is known before.
     *
     * @throws LabUnavailable when it does not
     */
    void go() throws LabUnavailable, InterruptedException;

    /**
     * Waits until the servers can be spoken to by the way that this lab has to their agents, and have the right time.
     *
     * @throws LabUnavailable when they cannot
     */
    void awaitServers() throws LabUnavailable, InterruptedException;

    /**
     * Waits until the engine answers, and the machine has the right time.
     *
     * @throws LabUnavailable when it does not
     */
    void awaitEngine() throws LabUnavailable, InterruptedException;

    /** Returns the directory of the sockets that lead straight to the agents, named as {@link AgentPorts} says, where this lab has them. */
    Optional<Path> agentPorts();

    /** Returns the kernel's console, where this lab owns the kernel. */
    Optional<KernelConsole> console();

    /** Asks whether the lab still works, and waits at most {@code limit} for the answer. */
    LabHealth health(Duration limit);

    /** Gives the lab back; nothing of it is left when this returns. Closing twice does no harm. */
    @Override
    void close();
}
