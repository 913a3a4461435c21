/** Reads topology files: strict YAML, every error at once, resolved into the model. */
@NullMarked
package dev.culvert.topologies.file;

import org.jspecify.annotations.NullMarked;
