package dev.culvert.topologies;

import java.util.Locale;

/** A machine of a topology: a container in a lab. */
public enum ServerName {
    A,
    B,
    ROUTER;

    /** The name in files, commands and evidence: {@code a}, {@code b}, {@code router}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The place that is the server itself, its own network namespace. */
    public Place place() {
        return Place.valueOf(name());
    }
}
