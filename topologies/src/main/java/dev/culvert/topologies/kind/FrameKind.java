package dev.culvert.topologies.kind;

import dev.culvert.topologies.Carried;
import dev.culvert.topologies.Kind;
import dev.culvert.topologies.Options;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A kind whose devices carry whole Ethernet frames (ARPHRD_ETHER): they have an address of their own, and what is in a frame is nobody's business. */
interface FrameKind extends Kind {

    /** The length in bytes of the header of a frame that is carried. */
    int ETHERNET_HEADER = 14;

    /** What stands behind the kind's name in the command that makes the device of an end: its ends, and its options. */
    List<String> words(TunnelEnd end);

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

    @Override
    default List<String> addDevice(TunnelEnd end) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "add", end.device()));
        if (end.mac() != null) {
            argv.addAll(List.of("address", end.mac()));
        }
        argv.addAll(List.of("type", name()));
        argv.addAll(words(end));
        return List.copyOf(argv);
    }

    @Override
    default List<String> changeDevice(String device, List<String> words) {
        List<String> argv = new ArrayList<>(List.of("ip", "link", "set", device, "type", name()));
        argv.addAll(words);
        return List.copyOf(argv);
    }
}
