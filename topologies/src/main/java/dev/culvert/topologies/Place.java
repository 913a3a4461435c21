package dev.culvert.topologies;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where an interface lives: a server, or the network namespace of a LAN host inside one. */
public enum Place {
    A(ServerName.A),
    B(ServerName.B),
    ROUTER(ServerName.ROUTER),
    /** The LAN host behind A. */
    H(ServerName.A),
    /** The LAN host behind B. */
    J(ServerName.B);

    private final ServerName server;

    Place(ServerName server) {
        this.server = server;
    }

    /** The place with an id; throws {@link IllegalArgumentException} naming the known ones. */
    public static Place of(String id) {
        return Arrays.stream(values())
                .filter(place -> place.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + id + "\" is no place; known: "
                        + Arrays.stream(values()).map(Place::id).collect(Collectors.joining(", "))));
    }

    /** The name in files, commands and evidence: {@code a}, {@code b}, {@code router}, {@code h}, {@code j}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The server whose container it is in. */
    public ServerName server() {
        return server;
    }

    /** Whether it is a named network namespace inside its server's container. */
    public boolean isNamespace() {
        return this != server.place();
    }
}
