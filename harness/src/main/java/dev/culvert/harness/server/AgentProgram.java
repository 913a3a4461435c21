package dev.culvert.harness.server;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** The agent, as it is put into a server: a program that needs no library, made of {@code src/main/c/agent}. */
final class AgentProgram {

    /** Where it is on a server. */
    static final String PATH = "/culvert/agent";

    /** Who may do what with it there: everyone may execute it. */
    static final int MODE = 0755;

    private static final String RESOURCE = "agent";

    private AgentProgram() {}

    static byte[] bytes() {
        try (InputStream in = AgentProgram.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that is another for another agent. */
    static String version() {
        return Integer.toHexString(Arrays.hashCode(bytes()));
    }
}
