package dev.culvert.harness.lab;

/** A lab that could not be had; nothing is known about the kernel's conformance then. */
public abstract sealed class LabException extends Exception permits LabUnavailable, KernelDidNotBoot {

    LabException(String message) {
        super(message);
    }
}
