/** The verdicts as JUnit XML, which every pipeline reads. */
@NullMarked
package dev.culvert.reports.junit;

import org.jspecify.annotations.NullMarked;
