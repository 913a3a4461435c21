package dev.culvert.topologies.plan;

import dev.culvert.topologies.Endpoint;
import dev.culvert.topologies.Esp;
import dev.culvert.topologies.EspAssociation;
import dev.culvert.topologies.Place;
import dev.culvert.topologies.Topology;
import dev.culvert.topologies.TunnelEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the servers learn to protect what goes through the tunnel device, and to accept only what is protected: states in tunnel mode, and
 * policies for every packet with the mark that the device's key is (ip-xfrm(8), net/ipv4/ip_vti.c).
 */
final class EspSetup {

    private final Topology topology;
    private final Esp esp;
    private final Steps steps;

    EspSetup(Topology topology, Esp esp, Steps steps) {
        this.topology = topology;
        this.esp = esp;
        this.steps = steps;
    }

    void add() {
        for (Endpoint endpoint : List.of(topology.a(), topology.b())) {
            Place place = endpoint.place();
            TunnelEnd end = endpoint.tunnel();
            Map<String, String> keys = end.options().given();
            String out = keys.getOrDefault("okey", keys.get("key"));
            String in = keys.getOrDefault("ikey", keys.get("key"));
            String local = end.local().getHostAddress();
            String remote = end.remote().getHostAddress();
            state(place, "what leaves is protected", local, remote, esp.sentBy(place), out);
            state(
                    place,
                    "what comes is opened",
                    remote,
                    local,
                    esp.sentBy(topology.far(place).place()),
                    in);
            policy(place, "out", local, remote, out);
            policy(place, "in", remote, local, in);
            policy(place, "fwd", remote, local, in);
        }
    }

    private void state(
            Place place, String purpose, String source, String destination, EspAssociation association, String mark) {
        List<String> argv = new ArrayList<>(List.of("ip", "xfrm", "state", "add", "src", source, "dst", destination));
        argv.addAll(List.of("proto", "esp", "spi", String.valueOf(association.spi()), "mode", "tunnel"));
        argv.addAll(List.of("mark", mark, "replay-window", "32"));
        argv.addAll(esp.suite().words(association));
        if (esp.udpPort() != null) {
            String port = esp.udpPort().toString();
            argv.addAll(List.of("encap", "espinudp", port, port, "0.0.0.0"));
        }
        steps.run(place, purpose, argv);
    }

    private void policy(Place place, String direction, String source, String destination, String mark) {
        List<String> argv = new ArrayList<>(List.of("ip", "xfrm", "policy", "add", "src", "0.0.0.0/0"));
        argv.addAll(List.of("dst", "0.0.0.0/0", "dir", direction, "mark", mark));
        argv.addAll(List.of("tmpl", "src", source, "dst", destination, "proto", "esp", "mode", "tunnel"));
        steps.run(place, direction.equals("out") ? "nothing leaves unprotected" : "nothing unprotected comes", argv);
    }
}
