/** Requirement by topology: the conformance matrix as Markdown, as a page and as JSON. */
@NullMarked
package dev.culvert.reports.matrix;

import org.jspecify.annotations.NullMarked;
