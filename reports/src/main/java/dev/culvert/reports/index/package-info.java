/** The page that people open first. */
@NullMarked
package dev.culvert.reports.index;

import org.jspecify.annotations.NullMarked;
