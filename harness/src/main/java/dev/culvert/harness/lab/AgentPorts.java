package dev.culvert.harness.lab;

import dev.culvert.topologies.ServerName;

/** The virtio-serial ports of a lab's machine: one for the agent of each server, under the same name in the guest and on this host. */
public final class AgentPorts {

    private AgentPorts() {}

    /** Returns the name of a server's port, which is that of its socket too: {@code agent-a}. */
    public static String name(ServerName server) {
        return "agent-" + server.id();
    }
}
