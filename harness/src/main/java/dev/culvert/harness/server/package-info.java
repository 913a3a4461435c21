/** The servers of a lab: their containers, the agent in each, and what can be asked of it. */
@NullMarked
package dev.culvert.harness.server;

import org.jspecify.annotations.NullMarked;
