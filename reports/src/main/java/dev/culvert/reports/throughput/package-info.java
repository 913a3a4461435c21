/** What the tunnel costs: its goodput beside that of the bare underlay in the same run. */
@NullMarked
package dev.culvert.reports.throughput;

import org.jspecify.annotations.NullMarked;
