package dev.culvert.harness.lab;

/** Puts into a freshly booted lab what every fork of it shall find running. */
public interface LabPreparer {

    /**
     * Prepares the engine; the machine is paused and kept when this returns.
     *
     * @throws Exception when it cannot; no template is kept then
     */
    void prepare(DockerEndpoint endpoint, NodeImage nodeImage) throws Exception;

    /** Returns a text that changes whenever a template prepared earlier is no longer good. */
    String key();
}
