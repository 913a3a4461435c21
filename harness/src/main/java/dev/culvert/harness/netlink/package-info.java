/**
 * Netlink: what the kernel is told and what it answers, encoded and decoded (RFC 3549; Documentation/userspace-api/netlink/intro.rst).
 * Numbers are in the order of the processor of the lab's kernel, which is little-endian on every machine that Culvert runs on, but for
 * those that the kernel's headers declare as {@code __be16} or {@code __be32}.
 */
@NullMarked
package dev.culvert.harness.netlink;

import org.jspecify.annotations.NullMarked;
