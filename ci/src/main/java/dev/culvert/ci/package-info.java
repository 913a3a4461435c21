/** How Culvert is run: the command line. */
@NullMarked
package dev.culvert.ci;

import org.jspecify.annotations.NullMarked;
