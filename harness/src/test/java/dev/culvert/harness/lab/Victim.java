package dev.culvert.harness.lab;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A program of its own, to be killed: it holds what must not outlive it, and says so. */
final class Victim {

    private Victim() {}

    /** Starts it; what it holds is named in lines of its standard output. */
    static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("process")) {
            Path directory = GuardedDirectory.temporary().path();
            Path ready = directory.resolve("ready");
            // Its child ignores SIGTERM, as a QEMU that hangs would.
            GuardedProcess.start(
                    directory,
                    List.of("sh", "-c", "trap '' TERM; echo $$ > pid; mv pid ready; while :; do sleep 1; done"),
                    Map.of(),
                    line -> {});
            await().until(() -> Files.exists(ready));
            say(directory + " " + Files.readString(ready).strip());
        } else {
            new LabCache(Path.of(arguments[1])).ensure("root", "k", building -> {
                Files.writeString(building.resolve("half"), "");
                say(building.toString());
                LockSupport.park();
            });
        }
        LockSupport.park();
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
