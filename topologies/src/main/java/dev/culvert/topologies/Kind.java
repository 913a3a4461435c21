package dev.culvert.topologies;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tunnel kind: what it is called, what it takes, what it costs, and how a server is told to make a device of it. One class
 * each, found through {@code META-INF/services}; see {@link Kinds}.
 */
public interface Kind {

    /** The name in topology files and in {@code ip link add … type NAME}. */
    String name();

    /** What it is, for people. */
    String title();

    /** The options it takes, in the order in which commands show them. */
    List<Option> options();

    /** What is wrong with options that are each allowed but not together; one sentence each, by the option to blame. */
    Map<String, String> conflicts(Options options);

    /** The kernel modules that it needs. */
    List<String> modules();

    /** The device that receives what no other device of the kind matches; the kernel makes it. */
    String fallbackDevice();

    /** Bytes that the tunnel puts before each inner packet. */
    int overhead();

    /** The outer IP protocol number in front of an IPv4 packet. */
    int outerProtocol();

    /** The outer IP protocol number in front of a labelled packet. */
    int mplsProtocol();

    /** Whether a device with these options lets labelled packets through. */
    boolean carriesLabels(Options options);

    /** The MTU that the kernel gives a new device whose underlay route has an MTU. */
    int defaultMtu(int underlayMtu);

    /** The options that the fallback device has from the kernel, as far as they are not the defaults of {@code ip link}. */
    Map<String, String> fallbackOptions();

    /** The MTU of the fallback device, which has no underlay. */
    int fallbackMtu();

    /** The smallest MTU that a device takes. */
    int minMtu();

    /** The largest MTU that a device takes. */
    int maxMtu();

    /** The command that makes the device of an end. */
    List<String> addDevice(TunnelEnd end);

    /**
     * The command that changes options of a device that is there, given in the words of {@code ip link}; others stay. What a kind
     * settles when it makes a device cannot be changed, and the kernel need not say so.
     */
    List<String> changeDevice(String device, List<String> words);

    /** The option of a name. */
    default Optional<Option> option(String name) {
        return options().stream().filter(option -> option.name().equals(name)).findFirst();
    }
}
