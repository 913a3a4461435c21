/** Topologies observed from end to end: labs forked, workers started, evidence written. */
@NullMarked
package dev.culvert.harness.run;

import org.jspecify.annotations.NullMarked;
