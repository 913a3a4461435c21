/** What must hold: requirements as pure functions of evidence, one class per source section. */
@NullMarked
package dev.culvert.conformance;

import org.jspecify.annotations.NullMarked;
