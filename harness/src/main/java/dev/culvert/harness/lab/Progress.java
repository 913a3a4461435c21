package dev.culvert.harness.lab;

/** Hears what is being done while a lab is set up; may be called from several threads. */
@FunctionalInterface
public interface Progress {

    /** A new phase begins, such as {@code "writing the root disk"}; the one before it of the same thread is over. */
    void phase(String phase);
}
