/** Placeholder. */
@NullMarked
package dev.culvert.ci;

import org.jspecify.annotations.NullMarked;
