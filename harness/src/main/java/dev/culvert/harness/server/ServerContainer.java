package dev.culvert.harness.server;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.culvert.harness.lab.AgentPorts;
import dev.culvert.topologies.ServerName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * The container of one server: privileged, without any network of the engine's, and with the agent as its main process. It has the lab's
 * pid namespace, so that a link can be put into the network namespace of another server by process id.
 */
final class ServerContainer extends GenericContainer<ServerContainer> {

    /** The label of every container that Culvert makes; its value is the server's name. */
    static final String LABEL = "dev.culvert.server";

    ServerContainer(ServerName name, ServerAccess access) {
        super(DockerImageName.parse(access.image()));
        Duration lease = access.lease();
        withImagePullPolicy(wanted -> false);
        withLabel(LABEL, name.id());
        withPrivilegedMode(true);
        withNetworkMode("none");
        withCopyToContainer(Transferable.of(AgentProgram.bytes(), AgentProgram.MODE), AgentProgram.PATH);
        withCommand(command(name, access));
        withCreateContainerCmdModifier(command -> shape(command, lease));
        waitingFor(new Immediately());
        withReuse(lease.isZero());
    }

    private static String[] command(ServerName name, ServerAccess access) {
        List<String> argv = new ArrayList<>(List.of(AgentProgram.PATH));
        if (!access.lease().isZero()) {
            argv.add("--lease=" + access.lease().toSeconds());
        }
        if (access.ports().isPresent()) {
            argv.add("--port=" + AgentPorts.name(name));
        }
        return argv.toArray(String[]::new);
    }

    private static void shape(CreateContainerCmd command, Duration lease) {
        command.withStdinOpen(true).withStdInOnce(false).withTty(false);
        HostConfig host = Objects.requireNonNull(command.getHostConfig(), "host config");
        host.withPidMode("host")
                .withLogConfig(new LogConfig(LogConfig.LoggingType.NONE))
                .withAutoRemove(!lease.isZero());
    }

    /** The engine keeps no log of it, so there is nothing that Testcontainers could show when it does not start. */
    @Override
    protected void containerIsStarting(InspectContainerResponse info, boolean reused) {
        logger().debug("server container {} {}", info.getId(), reused ? "found" : "started");
    }

    /** Whether the agent answers is found out by greeting it. */
    private static final class Immediately extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {}
    }
}
