package dev.culvert.harness.server;

import dev.culvert.topologies.plan.Step;
import java.util.List;

/** How steps reach a server. */
interface StepCarrier {

    /**
     * Carries out steps of one server in their order; throws {@link KernelLacks} or {@link ConfigurationFailed} at the first one that is
     * refused. What was done before that stays.
     */
    void carryOut(List<? extends Step> steps);

    /** Carries out steps of one server in their order, also behind one that is refused. */
    void tryAll(List<? extends Step> steps);
}
