/** Safe HTML and the units that people read. */
@NullMarked
package dev.culvert.reports.text;

import org.jspecify.annotations.NullMarked;
