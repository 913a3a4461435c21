/** What was observed while a topology was up, as immutable values and as a directory on disk. */
@NullMarked
package dev.culvert.harness.evidence;

import org.jspecify.annotations.NullMarked;
