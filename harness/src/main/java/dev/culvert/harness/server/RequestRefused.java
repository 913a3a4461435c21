package dev.culvert.harness.server;

/** The agent of a server understood a request and could not serve it: a file that is not there, a key used twice. */
public final class RequestRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    RequestRefused(String message) {
        super(message);
    }
}
