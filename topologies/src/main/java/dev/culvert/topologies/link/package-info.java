/** What a link is told in rtnetlink's own terms: data only, no socket. */
@NullMarked
package dev.culvert.topologies.link;

import org.jspecify.annotations.NullMarked;
