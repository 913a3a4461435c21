package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.plan.Step;

/** A step of a plan was refused, in the words of the tool and the kernel. */
public final class ConfigurationFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ConfigurationFailed(Step step, CommandRecord result, String how) {
        super(step.place().id() + ": " + step.purpose() + ": `" + String.join(" ", result.argv()) + "` " + how + " "
                + result.exit() + ": " + said(result));
    }

    /** A command that was to go on did not start. */
    ConfigurationFailed(Step step, SpawnFailed failure) {
        super(step.place().id() + ": " + step.purpose() + ": " + failure.getMessage());
    }

    /** A command did not succeed. */
    static ConfigurationFailed ended(Step step, CommandRecord result) {
        return new ConfigurationFailed(step, result, "ended with");
    }

    /** The kernel did not take a message. */
    static ConfigurationFailed refused(Step step, CommandRecord result) {
        return new ConfigurationFailed(step, result, "was refused with error");
    }

    /** The words of the tool and the kernel. */
    static String said(CommandRecord result) {
        return (result.stderr() + result.stdout()).strip();
    }
}
