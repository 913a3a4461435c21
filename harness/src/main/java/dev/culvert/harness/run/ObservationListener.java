package dev.culvert.harness.run;

import dev.culvert.harness.evidence.Completion;

/** Hears how an observation goes on. Called from several threads, one call at a time. */
public interface ObservationListener {

    /** How many steps of a topology only set it up; the next is its first stimulus. */
    int STEPS_OF_SETTING_UP = 2;

    /** Something is done before any topology can be observed: an image is made, a lab is forked. */
    void preparing(String what);

    /** A step of a topology has begun. */
    void step(String topology, String what, int step, int steps);

    /** A topology's evidence is written. */
    void observed(String topology, Completion completion);
}
