/**
 * Where servers come alive: a machine with the kernel under test and a Docker engine on it.
 *
 * <p>{@link dev.culvert.harness.lab.QemuTemplate} boots a kernel once and forks it as often as wanted;
 * {@link dev.culvert.harness.lab.DockerLab} takes whatever engine is there. Both are a {@link
 * dev.culvert.harness.lab.DockerEndpoint} to everything above; a fork has a way of its own to each agent besides.
 */
@NullMarked
package dev.culvert.harness.lab;

import org.jspecify.annotations.NullMarked;
