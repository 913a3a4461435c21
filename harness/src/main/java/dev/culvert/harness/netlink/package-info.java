/**
 * Netlink: what the kernel is told and what it answers, encoded and decoded (RFC 3549; Documentation/userspace-api/netlink/intro.rst).
 * Numbers are in the order of the processor of the lab's kernel, which is little-endian on every machine that Culvert runs on, but for
 * those that the kernel's headers declare as {@code __be16} or {@code __be32}.
 *
 * <p>A plan is data ({@link dev.culvert.topologies.plan.Change}), and so is what makes a device one of its kind ({@link
 * dev.culvert.topologies.link.LinkInfo}). From the same data come the commands of iproute2, the messages that {@link
 * dev.culvert.harness.netlink.ChangeRequests} makes, and what is expected of the kernel's report, so that a mistake in one of them shows as a
 * difference from the others.
 *
 * <p>Messages are encoded here and only carried by the server's agent ({@link dev.culvert.harness.netlink.Relay}), because what is tested must
 * not depend on a library in the container, and a request that is a value can be logged, compared and read. Requests of one namespace go
 * together in one round trip and are answered one by one, up to the first that is refused: nothing behind it is tried. Devices and families of
 * generic netlink go by name and are looked up as late as possible, behind the requests that may make them. A refusal is told in the kernel's
 * own words, with the attribute that it blames by name ({@code NLMSGERR_ATTR_OFFS} is an offset in our message).
 *
 * <p>Settings (sysctl), offloads (ethtool) and the names of network namespaces are no business of netlink and remain commands.
 */
@NullMarked
package dev.culvert.harness.netlink;

import org.jspecify.annotations.NullMarked;
