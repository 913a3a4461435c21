package dev.culvert.harness.lab;

/** Puts into a freshly booted lab what every fork of it shall find running. */
public interface LabPreparer {

    /**
     * Prepares a lab whose engine answers; its machine is paused and kept when this returns.
     *
     * @throws Exception when it cannot; no template is kept then
     */
    void prepare(Lab lab) throws Exception;

    /** Returns a text that changes whenever a template prepared earlier is no longer good. */
    String key();
}
