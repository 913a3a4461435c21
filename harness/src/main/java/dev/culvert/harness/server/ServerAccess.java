package dev.culvert.harness.server;

import dev.culvert.harness.lab.Lab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the servers of a lab are come by.
 *
 * @param image what they are made of; the engine has it
 * @param lease how long an agent goes on without word from here; zero, for ever, where the lab itself ends with Culvert
 * @param ports the directory of the sockets that lead straight to the agents; empty where there is only the engine's way to them
 */
public record ServerAccess(String image, Duration lease, Optional<Path> ports) {

    /** How many words {@link #words} has. */
    public static final int WORDS = 3;

    /** That of a lab whose servers have a lease. */
    public static ServerAccess to(Lab lab, Duration lease) {
        return new ServerAccess(lab.nodeImage().reference(), lease, lab.agentPorts());
    }

    /** As arguments of a program. */
    public List<String> words() {
        return List.of(
                image,
                String.valueOf(lease.toSeconds()),
                ports.map(Path::toString).orElse(""));
    }

    /** Reads what {@link #words} wrote. */
    public static ServerAccess of(List<String> words) {
        String ports = words.get(2);
        return new ServerAccess(
                words.get(0),
                Duration.ofSeconds(Long.parseLong(words.get(1))),
                ports.isEmpty() ? Optional.empty() : Optional.of(Path.of(ports)));
    }
}
