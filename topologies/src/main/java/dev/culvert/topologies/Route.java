package dev.culvert.topologies;

import java.util.List;

/** A further route of a server: its destination, and the words that follow it in {@code ip route add}. */
public record Route(Subnet to, List<String> words) {

    public Route {
        words = List.copyOf(words);
    }
}
