/** What is set up: the immutable model of a topology, resolved in full, and what a tunnel kind is. */
@NullMarked
package dev.culvert.topologies;

import org.jspecify.annotations.NullMarked;
