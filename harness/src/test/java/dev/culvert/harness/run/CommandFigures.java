package dev.culvert.harness.run;

import dev.culvert.harness.server.Command;
import dev.culvert.harness.server.ServerAccess;
import dev.culvert.harness.server.Servers;
import dev.culvert.topologies.Place;
import java.util.List;

/** Prints the median time of a command on server A, in milliseconds; runs as a worker does. */
final class CommandFigures {

    private static final int COMMANDS = 101;

    private CommandFigures() {}

    /** Takes the words of a {@link ServerAccess} as its arguments. */
    public static void main(String[] arguments) {
        double[] millis = new double[COMMANDS];
        try (Servers servers = Servers.reach(ServerAccess.of(List.of(arguments)))) {
            for (int i = 0; i < COMMANDS; i++) {
                long begun = System.nanoTime();
                servers.get(Place.A).runOrThrow(Command.at(Place.A, "true"));
                millis[i] = (System.nanoTime() - begun) / 1e6;
            }
        }
        System.out.println(LabFigures.median(millis));
        // Testcontainers leaves threads behind that would keep the JVM.
        System.exit(0);
    }
}
