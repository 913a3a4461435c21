/** Topologies as pictures. */
@NullMarked
package dev.culvert.reports.picture;

import org.jspecify.annotations.NullMarked;
