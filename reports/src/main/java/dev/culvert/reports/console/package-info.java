/** What a run says on the terminal when it is over. */
@NullMarked
package dev.culvert.reports.console;

import org.jspecify.annotations.NullMarked;
