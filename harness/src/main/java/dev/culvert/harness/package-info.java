/** Placeholder. */
@NullMarked
package dev.culvert.harness;

import org.jspecify.annotations.NullMarked;
