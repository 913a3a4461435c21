package dev.culvert.harness.server;

/** The connection to a server's agent ended, or the agent ceased to answer. Nothing more can be observed there. */
public final class ServerLost extends RuntimeException {

    private static final long serialVersionUID = 1;

    ServerLost(String message) {
        super(message);
    }

    ServerLost(String message, Throwable cause) {
        super(message, cause);
    }
}
