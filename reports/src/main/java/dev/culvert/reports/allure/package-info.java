/** The verdicts as Allure results, and the report that Allure makes of them. */
@NullMarked
package dev.culvert.reports.allure;

import org.jspecify.annotations.NullMarked;
