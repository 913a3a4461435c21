package dev.culvert.harness.server;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** One file of the agent, as it is put into a server: the program or a module beside it. */
record AgentScript(String name) {

    private static final String PROGRAM = "agent.pl";
    private static final String DIRECTORY = "/culvert/";

    /** All files of the agent. */
    static List<AgentScript> all() {
        return List.of(
                new AgentScript(PROGRAM),
                new AgentScript("Agent/Builtins.pm"),
                new AgentScript("Agent/Commands.pm"),
                new AgentScript("Agent/Iproute.pm"),
                new AgentScript("Agent/Jobs.pm"),
                new AgentScript("Agent/Netlink.pm"),
                new AgentScript("Agent/Packets.pm"),
                new AgentScript("Agent/Port.pm"),
                new AgentScript("Agent/State.pm"),
                new AgentScript("Agent/System.pm"),
                new AgentScript("Agent/Taps.pm"),
                new AgentScript("Agent/Timers.pm"),
                new AgentScript("Agent/Wire.pm"));
    }

    /** Where the program is on a server. */
    static String program() {
        return new AgentScript(PROGRAM).path();
    }

    /** Where the file is on a server. */
    String path() {
        return DIRECTORY + name;
    }

    byte[] bytes() {
        try (InputStream in = AgentScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that is another for another agent. */
    static String version() {
        return Integer.toHexString(all().stream()
                .mapToInt(script -> Arrays.hashCode(script.bytes()))
                .reduce(0, (hash, next) -> 31 * hash + next));
    }
}
