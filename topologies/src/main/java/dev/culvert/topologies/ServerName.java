package dev.culvert.topologies;

import java.util.Locale;

/** The containers of a lab: the two ends of the tunnel and the router that may stand between them. */
public enum ServerName {
    A,
    B,
    ROUTER;

    /** How it is written: {@code a}, {@code b}, {@code router}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
