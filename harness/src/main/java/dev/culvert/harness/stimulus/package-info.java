/** What is done to a topology so that requirements have something to judge. */
@NullMarked
package dev.culvert.harness.stimulus;

import org.jspecify.annotations.NullMarked;
