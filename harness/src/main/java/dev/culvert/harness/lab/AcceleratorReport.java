package dev.culvert.harness.lab;

/**
 * Which accelerator is used on this machine, and why.
 *
 * @param accelerator the one used
 * @param reason why, as a sentence for people; for TCG it says what was tried of KVM and how that ended
 */
public record AcceleratorReport(Accelerator accelerator, String reason) {}
