/**
 * Where servers come alive: a machine with the kernel under test and a Docker engine on it.
 *
 * <p>{@link dev.culvert.harness.lab.QemuTemplate} boots a kernel once and forks it as often as wanted;
 * {@link dev.culvert.harness.lab.DockerLab} takes whatever engine is there. Both are only a {@link
 * dev.culvert.harness.lab.DockerEndpoint} to everything above.
 */
@NullMarked
package dev.culvert.harness.lab;

import org.jspecify.annotations.NullMarked;
