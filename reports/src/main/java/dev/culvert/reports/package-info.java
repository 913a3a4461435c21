/** What people read of a run: the pages, the conformance matrix, Allure, JUnit XML, and the way to write them all. */
@NullMarked
package dev.culvert.reports;

import org.jspecify.annotations.NullMarked;
