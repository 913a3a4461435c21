package dev.culvert.topologies;

import java.util.List;

/** A kind of tunnel: what is particular to it and nothing else in Culvert knows. One class per kind. */
public interface Kind {

    /** The name that {@code ip link help} has for it. */
    String name();

    /** Kernel modules without which it cannot be configured, in the order in which they are loaded. */
    List<String> modules();

    /** The outer IP protocol number. */
    int outerProtocol();

    /** Bytes that the tunnel puts before each inner packet. */
    int overhead();

    /** The MTU that the kernel gives a new device over an underlay of that MTU. */
    int defaultMtu(int underlayMtu);

    /** The name of the device that the driver itself makes in each network namespace. */
    String fallbackDevice();

    /** The command that makes the device. */
    List<String> addDevice(TunnelEnd end);

    /** The command that changes options of a device, in iproute2's words. */
    List<String> changeDevice(String device, List<String> words);
}
