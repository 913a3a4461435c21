/** What each server is told, in order: set-up, teardown, and the stand-alone script. */
@NullMarked
package dev.culvert.topologies.plan;

import org.jspecify.annotations.NullMarked;
