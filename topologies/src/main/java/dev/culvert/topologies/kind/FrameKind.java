package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Options;
import java.util.Set;

/** A kind whose devices carry whole Ethernet frames (ARPHRD_ETHER): they have an address of their own, and what is in a frame is nobody's business. */
interface FrameKind extends Kind {

    /** The length in bytes of the header of a frame that is carried. */
    int ETHERNET_HEADER = 14;

    @Override
    default boolean carriesFrames(Options options) {
        return true;
    }

    @Override
    default Set<Carried> carries(Options options) {
        return Set.of(Carried.ETHERNET);
    }

    /** {@inheritDoc} Labels are behind the header of a frame. */
    @Override
    default boolean carriesLabels(Options options) {
        return true;
    }

    /** Throws {@link IllegalArgumentException} for anything but a frame. */
    default void mustBeFrame(Carried carried) {
        if (carried != Carried.ETHERNET) {
            throw new IllegalArgumentException(name() + " carries frames only, not " + carried);
        }
    }
}
