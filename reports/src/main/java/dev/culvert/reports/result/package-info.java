/** A finished run, as every kind of report reads it. */
@NullMarked
package dev.culvert.reports.result;

import org.jspecify.annotations.NullMarked;
