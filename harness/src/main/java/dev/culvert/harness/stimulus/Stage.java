package dev.culvert.harness.stimulus;

import dev.culvert.harness.evidence.CommandRecord;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import java.util.List;

/**
 * What a stimulus can do to a running topology. Packets are queued and leave together, in order per server, at the next
 * {@link #settle()}, {@link #run} or the end of the stimulus; the window closes when the servers have gone quiet.
 */
public interface Stage {

    /** The topology that is up. */
    Topology topology();

    /**
     * Queues a complete IP packet for the routing of a place (a raw socket with {@code IP_HDRINCL}, or {@code IPV6_HDRINCL}). Of
     * IPv4 the kernel fills in the header checksum, the total length, and the identification if that is 0; everything else stays, and
     * IPv6 as a whole.
     */
    void send(String label, Place from, byte[] packet);

    /** Queues an Ethernet frame, as it is, for a device of a place (a packet socket). */
    void inject(String label, Place from, String device, byte[] frame);

    /**
     * Runs a command on a place before whatever comes next, and keeps its result in the evidence under a name. Its failure is for the
     * requirement to judge.
     */
    void run(String answer, Place place, List<String> argv);

    /** As {@link #run}, and returns the result: what comes next depends on it. */
    CommandRecord ask(String answer, Place place, List<String> argv);

    /**
     * Sends what is queued and waits until no counter of the topology moves any more, so that what follows is not mixed with what
     * went before.
     */
    void settle();

    /** As {@link #settle}, and waits for what the kernel's timers send too: the second of two reports comes ticks after the first. */
    void settleTimers();

    /**
     * Changes options of A's tunnel device until the end of the stimulus, in iproute2's words: {@code ttl 33},
     * {@code tos inherit}, {@code nopmtudisc}. The evidence notes them as the options in force.
     */
    void tunnelOptions(List<String> words);

    /** As {@link #tunnelOptions(List)}. */
    default void tunnelOptions(String... words) {
        tunnelOptions(List.of(words));
    }

    /** Runs a command at the end of the stimulus whatever happens, to put back what the stimulus changed. */
    void afterwards(Place place, List<String> argv);
}
