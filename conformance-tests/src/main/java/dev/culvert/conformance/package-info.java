/** Placeholder. */
@NullMarked
package dev.culvert.conformance;

import org.jspecify.annotations.NullMarked;
