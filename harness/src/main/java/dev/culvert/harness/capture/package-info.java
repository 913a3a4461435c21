/** Captures: reading, writing and judging the packets in pcap files. */
@NullMarked
package dev.culvert.harness.capture;

import org.jspecify.annotations.NullMarked;
