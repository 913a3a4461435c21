package dev.culvert.harness.server;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.plan.RunStep;

/** A step of a plan was refused, in the words of the tool and the kernel. */
public final class ConfigurationFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ConfigurationFailed(RunStep step, CommandRecord result) {
        super(step.place().id() + ": " + step.purpose() + ": `" + String.join(" ", step.argv()) + "` ended with "
                + result.exit() + ": " + (result.stderr() + result.stdout()).strip());
    }
}
