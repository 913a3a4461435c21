/** What is set up: topologies as immutable, wholly resolved values, and the tunnel kinds. */
@NullMarked
package dev.culvert.topologies;

import org.jspecify.annotations.NullMarked;
