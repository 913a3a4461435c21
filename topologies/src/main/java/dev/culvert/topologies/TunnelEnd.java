package dev.culvert.topologies;

import java.net.Inet4Address;

/**
 * The tunnel on one server.
 *
 * @param device the tunnel device
 * @param fallback whether the device is the kind's fallback device, which has neither local nor remote configured
 * @param local the outer source address of what this end sends
 * @param remote the outer destination address of what this end sends
 * @param inner the address of the tunnel device
 * @param mtu the device's MTU in bytes, what the kernel chooses included
 * @param mtuGiven whether the MTU is set by the topology instead of chosen by the kernel
 */
public record TunnelEnd(
        String device,
        boolean fallback,
        Inet4Address local,
        Inet4Address remote,
        InterfaceAddress inner,
        Options options,
        int mtu,
        boolean mtuGiven) {}
