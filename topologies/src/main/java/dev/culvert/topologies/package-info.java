/** Placeholder. */
@NullMarked
package dev.culvert.topologies;

import org.jspecify.annotations.NullMarked;
