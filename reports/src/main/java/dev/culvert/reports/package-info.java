/** Placeholder. */
@NullMarked
package dev.culvert.reports;

import org.jspecify.annotations.NullMarked;
