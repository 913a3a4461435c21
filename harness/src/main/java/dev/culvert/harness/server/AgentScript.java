package dev.culvert.harness.server;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The agent as it is put into a server. */
final class AgentScript {

    private AgentScript() {}

    static byte[] bytes() {
        try (InputStream in = AgentScript.class.getResourceAsStream("agent.pl")) {
            if (in == null) {
                throw new FileNotFoundException("agent.pl is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
