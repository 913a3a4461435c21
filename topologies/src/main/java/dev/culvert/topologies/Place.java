package dev.culvert.topologies;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A network stack of its own in which interfaces live: a server, or the LAN host behind server A ({@code h}) or B
 * ({@code j}), which is a network namespace inside that server's container.
 */
public enum Place {
    A(ServerName.A),
    B(ServerName.B),
    ROUTER(ServerName.ROUTER),
    H(ServerName.A),
    J(ServerName.B);

    private final ServerName server;

    Place(ServerName server) {
        this.server = server;
    }

    /** The place of that id; throws {@link IllegalArgumentException} naming those there are. */
    public static Place of(String id) {
        return Arrays.stream(values())
                .filter(place -> place.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + id + "\" is not a place; there are "
                        + Arrays.stream(values()).map(Place::id).collect(Collectors.joining(", "))));
    }

    /** How it is written: {@code a}, {@code b}, {@code router}, {@code h}, {@code j}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The server whose container holds it. */
    public ServerName server() {
        return server;
    }

    /** Whether it is a network namespace of its own inside the server's container. */
    public boolean isNamespace() {
        return this == H || this == J;
    }
}
