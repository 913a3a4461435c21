package dev.culvert.harness.netlink;

import dev.culvert.topologies.Link;
import dev.culvert.topologies.plan.ChangeStep;
import dev.culvert.topologies.plan.LinkStep;
import dev.culvert.topologies.plan.Plan;
import dev.culvert.topologies.plan.Step;
import java.util.List;

/** A plan as netlink carries it out, in words. */
public final class PlanMessages {

    private PlanMessages() {}

    /** The plan with every pair made where netlink is asked for it: a LAN host's is asked for there, since no process of it could be named. */
    public static Plan of(Plan plan) {
        return new Plan(plan.steps().stream().map(PlanMessages::whereAsked).toList());
    }

    private static Step whereAsked(Step step) {
        return step instanceof LinkStep pair && pair.link().far().place().isNamespace()
                ? new LinkStep(
                        new Link(
                                /* near= */ pair.link().far(),
                                /* far= */ pair.link().near()),
                        pair.purpose())
                : step;
    }

    /** What a step of it is told: the message, or the command where netlink has none. The far end of a pair is named by its place. */
    public static List<String> words(Step step) {
        if (step instanceof ChangeStep change) {
            return ChangeRequests.of(change.change()).line();
        }
        return step instanceof LinkStep pair
                ? LinkRequests.pairByName(pair.link().near(), pair.link().far()).line()
                : step.argvByName();
    }
}
