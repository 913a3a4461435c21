/**
 * Packets: reading every header in place, showing them to people, and composing them.
 *
 * <p>Nothing here throws on bytes that lie. A dissection ends where they do, with a {@link
 * dev.culvert.harness.packet.Malformed} that names the offset and the reason.
 */
@NullMarked
package dev.culvert.harness.packet;

import org.jspecify.annotations.NullMarked;
