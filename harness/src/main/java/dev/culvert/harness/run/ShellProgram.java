package dev.culvert.harness.run;

import dev.culvert.harness.evidence.ConfiguredBy;
import dev.culvert.harness.server.Configurator;
import dev.culvert.harness.server.ServerAccess;
import dev.culvert.harness.server.Servers;
import dev.culvert.harness.server.ShellSession;
import dev.culvert.harness.server.Terminal;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.file.Topologies;
import dev.culvert.topologies.plan.Offloads;
import dev.culvert.topologies.plan.Plan;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The program that configures the servers of one lab and gives a shell in one of them. Arguments: the words of a
 * {@link ServerAccess}, the configurator, the text of the topology, the place, and whether the standard streams are a terminal.
 */
public final class ShellProgram {

    /** Exit status when there is no shell, as the command line's for a broken lab. */
    private static final int BROKEN = 3;

    private ShellProgram() {}

    /** Ends with the exit status of the shell. */
    public static void main(String[] arguments) {
        int status = BROKEN;
        String[] words = Arrays.copyOfRange(arguments, ServerAccess.WORDS, arguments.length);
        try (Servers servers = Servers.reach(ServerAccess.of(List.of(arguments)))) {
            Topology topology = Topologies.parse("the topology", words[1]);
            new Configurator(servers, ConfiguredBy.of(words[0])).apply(Plan.of(topology, Offloads.OFF));
            status = shell(new ShellSession(servers, Place.of(words[2])), Boolean.parseBoolean(words[3]));
        } catch (IOException | InterruptedException | RuntimeException e) {
            System.err.println("culvert: no shell: " + e.getMessage());
        }
        // Testcontainers leaves threads behind that would keep the JVM.
        System.exit(status);
    }

    private static int shell(ShellSession session, boolean terminal) throws IOException, InterruptedException {
        return terminal
                ? session.run(new Terminal(System.getenv()), System.in, System.out)
                : session.run(System.in, System.out, System.err);
    }
}
