package dev.culvert.ci;

import dev.culvert.harness.evidence.Completion;
import dev.culvert.harness.run.ObservationListener;

/**
 * Does something else once the first topology is set up. Until then the lab and its worker have more to do than two processors can; afterwards
 * one stimulus waits for the other.
 *
 * @param listener hears everything
 * @param work is not started yet
 */
record Meanwhile(ObservationListener listener, Thread work) implements ObservationListener {

    @Override
    public void preparing(String what) {
        listener.preparing(what);
    }

    @Override
    public void step(String topology, String what, int step, int steps) {
        if (step >= STEPS_OF_SETTING_UP && work.getState() == Thread.State.NEW) {
            work.start();
        }
        listener.step(topology, what, step, steps);
    }

    @Override
    public void observed(String topology, Completion completion) {
        listener.observed(topology, completion);
    }
}
