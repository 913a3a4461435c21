/** The tunnel kinds, one class each, found through the service file of {@link dev.culvert.topologies.Kind}. */
@NullMarked
package dev.culvert.topologies.kind;

import org.jspecify.annotations.NullMarked;
